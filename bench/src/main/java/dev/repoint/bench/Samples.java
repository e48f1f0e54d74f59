package dev.repoint.bench;

import java.util.ArrayList;
import java.util.List;

/// Measurements of one thing, one from each fork, in the order of the rounds in which they were taken.
///
/// Immutable.
///
/// @param values one or more
public record Samples(List<Double> values) {

    /// Copies the list.
    public Samples {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("there is no measurement");
        }
        values = List.copyOf(values);
    }

    /// The middle one, or the mean of the two in the middle.
    ///
    /// @return the median
    public double median() {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /// The smallest one.
    ///
    /// @return the minimum
    public double min() {
        return values.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
    }

    /// The largest one.
    ///
    /// @return the maximum
    public double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /// Each measurement divided by the one that was taken in the same round, so that what slows the whole
    /// machine for a while leaves the ratio alone.
    ///
    /// @param base as many measurements
    /// @return the ratios
    public Samples over(Samples base) {
        if (values.size() != base.values.size()) {
            throw new IllegalArgumentException(values.size() + " rounds against " + base.values.size());
        }
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            ratios.add(values.get(i) / base.values.get(i));
        }
        return new Samples(ratios);
    }

    /// The same in another unit.
    ///
    /// @param factor what each measurement is multiplied with
    /// @return the scaled measurements
    public Samples times(double factor) {
        return new Samples(values.stream().map(value -> value * factor).toList());
    }
}
