package dev.repoint.it.programs;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Counts how many of a file's branches to function entries were collected, and prints the share.
///
/// Arguments: the file, the answer of `repoint sites FILE --json`, the file to list what was missed in, the
/// share in tenths of a percent that must be reached. Exit 1 if it is not, if a branch with a relocation was
/// missed, or if a site is false.
public final class Count {

    private static final int SHOWN = 20;

    private Count() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0]);
        int wanted = Integer.parseInt(args[3]);
        Census census = Census.of(file, Collected.of(Path.of(args[1])));
        Tally all = census.tally();
        System.out.printf(
                "%s: %,d of %,d direct branches to function entries collected: %s%n",
                file.getFileName(), all.collected(), all.seen(), all.share());
        for (BranchKind kind : BranchKind.values()) {
            Tally tally = census.tally(kind);
            if (tally.seen() == 0) {
                continue;
            }
            System.out.printf(
                    "  %-18s %,8d of %,8d  %s%n", kind.text(), tally.collected(), tally.seen(), tally.share());
        }
        census.others().forEach((kind, count) -> System.out.printf("  %-18s %,8d%n", kind, count));
        Map<Miss, List<Branch>> missed = census.missed();
        list(missed, census, Path.of(args[2]));
        if (census.collectedWithin() > 0) {
            System.out.printf("  not counted: %,d collected jumps within one function%n", census.collectedWithin());
        }
        missed.forEach((reason, branches) -> System.out.printf(
                "  %s: %,d %s%n", reason.isCounted() ? "missed" : "not counted", branches.size(), reason.text()));
        List<String> falseSites = census.falseSites();
        falseSites.stream().limit(SHOWN).forEach(site -> System.out.println("  FALSE: " + site));
        int relocated = missed.getOrDefault(Miss.RELOCATED, List.of()).size();
        if (!falseSites.isEmpty() || relocated > 0 || !all.reaches(wanted)) {
            System.out.printf(
                    "%s: FAILED: %,d false sites, %,d missed with a relocation, %s collected where %s is wanted%n",
                    file.getFileName(), falseSites.size(), relocated, all.share(), new Tally(1000, wanted).share());
            System.exit(1);
        }
    }

    private static void list(Map<Miss, List<Branch>> missed, Census census, Path to) throws IOException {
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(to))) {
            missed.forEach((reason, branches) ->
                    branches.forEach(branch -> out.println(reason.text() + ": " + census.line(branch))));
        }
    }
}
