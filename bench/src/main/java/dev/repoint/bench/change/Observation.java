package dev.repoint.bench.change;

/// What one change cost.
///
/// @param returned from the start of the change until it returned, in nanoseconds
/// @param fullSpeed from the start of the change until the worker ran at full speed again, in nanoseconds
/// @param lost the work that was not done meanwhile, in nanoseconds of the worker at full speed
/// @param seen whether full speed was seen at all; a busy machine may never let it be. If not, `fullSpeed` is
///     how long it was watched
record Observation(long returned, long fullSpeed, double lost, boolean seen) {

    private static final String WORD = "change";

    private static final long SLICE = 250_000;
    private static final int QUIET_SLICES = 40;
    private static final double FULL = 0.9;

    /// Reads it from the timeline. Full speed is that of the end of the timeline. It is reached with the first
    /// slice of a quarter of a millisecond from which on forty slices in a row, which are ten milliseconds, are
    /// no more than a tenth below it.
    ///
    /// @param start when the change began
    /// @param end when it had returned
    /// @param now until when the timeline reaches; the last third of the time is full speed
    static Observation of(Timeline timeline, long start, long end, long now) {
        long steady = now - (now - end) / 3;
        double rate = timeline.units(steady, now) / (now - steady);
        long reached = end;
        int quiet = 0;
        for (long at = end; quiet < QUIET_SLICES; at += SLICE) {
            if (at + SLICE > now) {
                reached = now;
                break;
            }
            if (timeline.units(at, at + SLICE) >= FULL * rate * SLICE) {
                quiet++;
            } else {
                quiet = 0;
                reached = at + SLICE;
            }
        }
        double lost = (reached - start) - timeline.units(start, reached) / rate;
        return new Observation(end - start, reached - start, lost, reached < now);
    }

    /// As a line, for [#parse].
    String line() {
        return String.join(
                " ",
                WORD,
                String.valueOf(returned),
                String.valueOf(fullSpeed),
                String.valueOf(lost),
                String.valueOf(seen));
    }

    /// Whether a line was made by [#line].
    static boolean isLine(String line) {
        return line.startsWith(WORD + " ");
    }

    static Observation parse(String line) {
        String[] parts = line.split(" ", -1);
        return new Observation(
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Double.parseDouble(parts[3]),
                Boolean.parseBoolean(parts[4]));
    }
}
