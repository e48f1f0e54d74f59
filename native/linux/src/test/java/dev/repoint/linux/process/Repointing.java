package dev.repoint.linux.process;

import java.util.Arrays;
import java.util.List;

/// A program of these tests: leads the import `f_000` of another process to its next target, through all 64 and
/// again, until it has done so often enough or is killed. Arguments: the process, how often. Prints that it
/// begins, and at its end how long a thread was borrowed, in microseconds.
final class Repointing {

    private static final int TARGETS = 64;

    private Repointing() {}

    static void main(String[] arguments) {
        int rounds = Integer.parseInt(arguments[1]);
        long[] borrowed = new long[rounds];
        try (OtherProcess process = OtherProcess.open(Long.parseLong(arguments[0]))) {
            int first = process.status().stream()
                    .findFirst()
                    .map(each -> Integer.parseInt(each.target().replaceFirst(".*_", ""), 8))
                    .orElse(0);
            for (int i = 0; i < rounds; i++) {
                String target = "libimported.so:f_%03o".formatted((first + 1 + i) % TARGETS);
                ProcessResult result = process.set(List.of(ProcessChange.parse("importing:f_000=" + target)));
                if (!result.pause().isZero() || result.sites() != 2) {
                    throw new AssertionError(result.toString());
                }
                borrowed[i] = result.borrowed().toNanos() / 1000;
                if (i == 0) {
                    System.out.println("repointing");
                }
            }
        }
        long cold = borrowed[0];
        Arrays.sort(borrowed);
        System.out.println("borrowed: first %d, median %d, p99 %d, longest %d us"
                .formatted(cold, borrowed[rounds / 2], borrowed[rounds * 99 / 100], borrowed[rounds - 1]));
    }
}
