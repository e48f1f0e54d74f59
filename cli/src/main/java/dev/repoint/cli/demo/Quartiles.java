package dev.repoint.cli.demo;

import java.util.List;
import java.util.function.ToDoubleFunction;

/// Where the middle and the middle half of some numbers lie.
///
/// @param low the lower quartile
/// @param median the median
/// @param high the upper quartile
record Quartiles(double low, double median, double high) {

    /// The spread of a figure of some samples.
    static Quartiles of(List<Sample> samples, ToDoubleFunction<Sample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
    }

    /// This one in relation to another: the quotient of the medians, between the quotients of opposite
    /// quartiles.
    Quartiles dividedBy(Quartiles other) {
        return new Quartiles(low / other.high, median / other.median, high / other.low);
    }

    private static double quantile(double[] sorted, double part) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double at = part * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
