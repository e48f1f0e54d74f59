package dev.repoint.cli.demo;

import java.util.List;

/// What the summary of a demo calls things.
///
/// @param measured the phases that have a column
/// @param calls what is counted in a second, in the plural
/// @param results what is checked, in the plural
/// @param arrived the row of what arrived at the target
/// @param pause the row of the longest pause
/// @param pauseDuringChange the longest pause during a change
/// @param competition why the service may have had more of the processors in one phase than in another
record SummaryLabels(
        List<Phase> measured,
        String calls,
        String results,
        String arrived,
        String pause,
        String pauseDuringChange,
        String competition) {

    /// Of a service in a JVM.
    static final SummaryLabels JVM = new SummaryLabels(
            List.of(Phase.BEFORE, Phase.PATCHED, Phase.AFTER),
            "calls",
            "results",
            "calls at HexFormat",
            "longest pause",
            "longest pause of a worker",
            "Other programs were busy");

    /// Of a server in C.
    static final SummaryLabels NATIVE = new SummaryLabels(
            List.of(Phase.BEFORE, Phase.PATCHED, Phase.FIXED, Phase.AFTER),
            "requests",
            "answers",
            "answers by the target",
            "longest request",
            "longest request",
            "The clients run on the same processors");
}
