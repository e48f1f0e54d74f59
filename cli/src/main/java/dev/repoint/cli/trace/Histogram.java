package dev.repoint.cli.trace;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;

/// The times of calls as a picture: a bar for each power of two.
public final class Histogram {

    private static final int WIDTH = 40;

    private Histogram() {}

    /// Prints the bars between the shortest and the longest time.
    ///
    /// @param out where to
    /// @param times how many calls took at least 2^i and less than 2^(i+1) nanoseconds, for each i
    public static void print(PrintWriter out, List<Long> times) {
        int first = 0;
        while (first < times.size() && times.get(first) == 0) {
            first++;
        }
        if (first == times.size()) {
            return;
        }
        long most = Collections.max(times);
        for (int i = first; i < times.size(); i++) {
            long count = times.get(i);
            int bar = count == 0 ? 0 : (int) Math.max(1, count * WIDTH / most);
            out.printf("  from %8s  %-" + WIDTH + "s  %,d%n", Durations.text(1L << i), "#".repeat(bar), count);
        }
    }
}
