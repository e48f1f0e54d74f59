package dev.repoint.bench.change;

/// When the worker had done how much: a moment is noted after every few units of work. Written by one thread
/// while others wait, read when it is told to.
final class Timeline {

    /// How many units of work lie between two moments.
    static final int UNITS = 16;

    private static final int SIZE = 1 << 21;
    private static final int MASK = SIZE - 1;

    private final long[] moments = new long[SIZE];
    private volatile long count;

    /// Notes that the next units are done. Called by the worker only.
    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    void note(long nanos) {
        long n = count;
        moments[(int) n & MASK] = nanos;
        count = n + 1;
    }

    /// How many units were done between two moments of the past, with fractions of the units at both ends.
    double units(long from, long to) {
        return position(to) - position(from);
    }

    private double position(long nanos) {
        long high = count - 1;
        long low = Math.max(0, count - SIZE + SIZE / 16);
        if (high <= low || at(low) > nanos) {
            throw new IllegalStateException("the timeline does not reach back that far");
        }
        if (at(high) <= nanos) {
            return (double) high * UNITS;
        }
        while (high - low > 1) {
            long middle = (low + high) >>> 1;
            if (at(middle) <= nanos) {
                low = middle;
            } else {
                high = middle;
            }
        }
        double part = (double) (nanos - at(low)) / (at(high) - at(low));
        return (low + part) * UNITS;
    }

    private long at(long index) {
        return moments[(int) index & MASK];
    }
}
