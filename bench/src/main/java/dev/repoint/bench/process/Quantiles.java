package dev.repoint.bench.process;

import java.util.List;

/// Where many measurements of one thing lie.
///
/// @param median the middle one, the lower one of two
/// @param p99 the smallest one that at least 99 of 100 do not exceed
/// @param longest the largest one
record Quantiles(long median, long p99, long longest) {

    /// @param values one or more, in any order
    static Quantiles of(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return new Quantiles(at(sorted, 50), at(sorted, 99), sorted.getLast());
    }

    private static long at(List<Long> sorted, int percent) {
        return sorted.get((sorted.size() * percent + 99) / 100 - 1);
    }
}
