package dev.repoint.cli.demo;

/// Makes recordings out of made-up readings, ten for each second.
final class Readings {

    private static final long PERIOD = 100_000_000;

    private final Recording recording = new Recording();
    private Reading last = Reading.ZERO;
    private double processors = 2;

    /// Enters a phase, and goes on at one speed.
    ///
    /// @param count how many readings
    /// @param calls per reading
    /// @param dropIn how many of them arrive at the drop-in
    Readings phase(Phase phase, int count, long calls, long dropIn) {
        recording.enter(phase);
        for (int i = 0; i < count; i++) {
            add(new Reading(
                    last.nanos() + PERIOD,
                    last.cpu() + Math.round(processors * PERIOD),
                    last.calls() + calls,
                    last.wrong(),
                    2_000_000,
                    last.dropIn() + dropIn,
                    false));
        }
        return this;
    }

    /// Goes on with more or fewer processors.
    Readings processors(double count) {
        processors = count;
        return this;
    }

    /// A reading with wrong results.
    Readings wrong(long results) {
        add(new Reading(
                last.nanos() + PERIOD, last.cpu(), last.calls() + results, last.wrong() + results, 0, last.dropIn(),
                false));
        return this;
    }

    /// A run in which all is as it should be: 20 seconds, the drop-in twice as fast.
    static Readings good() {
        return new Readings()
                .phase(Phase.WARM_UP, 40, 50_000, 0)
                .phase(Phase.BEFORE, 40, 100_000, 0)
                .phase(Phase.SETTING, 5, 100_000, 20_000)
                .phase(Phase.PATCHED, 60, 200_000, 200_000)
                .phase(Phase.RESETTING, 2, 100_000, 30_000)
                .phase(Phase.AFTER, 53, 100_000, 0);
    }

    Recording recording() {
        return recording;
    }

    Result result() {
        return new Result(recording, 0.5, 321.4, 2.34, Switch.TARGET, "default");
    }

    private void add(Reading reading) {
        recording.add(reading);
        last = reading;
    }
}
