package dev.repoint.cli.report;

import dev.repoint.weaver.table.Rejected;
import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What was left, by reason.
public final class RejectionSummary {

    private RejectionSummary() {}

    /// Writes a line for each reason, the most frequent first: how often, the reason, and an example.
    ///
    /// @param rejected what was left
    /// @param out where to
    /// @param indent before each line
    public static void print(List<Rejected> rejected, PrintWriter out, String indent) {
        Map<String, List<Rejected>> byReason =
                rejected.stream().collect(Collectors.groupingBy(Rejected::reason, TreeMap::new, Collectors.toList()));
        byReason.entrySet().stream()
                .sorted(Comparator.comparingInt(reason -> -reason.getValue().size()))
                .forEach(reason -> out.printf(
                        "%s%,6d  %s (%s)%n",
                        indent,
                        reason.getValue().size(),
                        reason.getKey(),
                        reason.getValue().getFirst().subject()));
    }
}
