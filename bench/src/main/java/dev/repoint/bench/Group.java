package dev.repoint.bench;

import java.util.List;

/// Cases that are compared with each other: one of them is the baseline, against which the ratios are taken.
///
/// @param title what is measured
/// @param unit of the measurements
/// @param baseline the name of one of the cases
/// @param cases in the order of the table
public record Group(String title, String unit, String baseline, List<Case> cases) {

    /// One row.
    ///
    /// @param name what was measured
    /// @param samples one measurement from each round
    public record Case(String name, Samples samples) {}

    /// Checks that the baseline is there.
    public Group {
        cases = List.copyOf(cases);
        String wanted = baseline;
        if (cases.stream().noneMatch(row -> row.name().equals(wanted))) {
            throw new IllegalArgumentException(title + ": there is no case '" + wanted + "' to compare with");
        }
    }

    /// What the ratios are taken against.
    ///
    /// @return the measurements of the baseline
    public Samples base() {
        return cases.stream()
                .filter(row -> row.name().equals(baseline))
                .findFirst()
                .orElseThrow()
                .samples();
    }
}
