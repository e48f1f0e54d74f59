package dev.repoint.it.processes;

import java.util.Arrays;
import java.util.Locale;

/// How long something took, many times. Not safe for use by several threads.
final class Distribution {

    private long[] nanos = new long[1024];
    private int count;

    void add(long duration) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = duration;
    }

    /// Median, 99th percentile and longest, in microseconds.
    String text() {
        if (count == 0) {
            return "none";
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return String.format(
                Locale.ROOT,
                "median %.0f us, p99 %.0f us, longest %.0f us",
                sorted[count / 2] / 1e3,
                sorted[Math.min(count - 1, count * 99 / 100)] / 1e3,
                sorted[count - 1] / 1e3);
    }
}
