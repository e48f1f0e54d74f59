package dev.repoint.linux.process;

import dev.repoint.linux.patcher.ProcessPatcher;
import java.nio.file.Path;
import java.util.Arrays;

/// A program of these tests: leads `a_000` and `b_000` of another process to their next targets, both as one
/// patch, through all 64 targets and again, until it has done so often enough or is killed. Arguments: the
/// process, its file, how often. Prints that it begins, and at its end the pauses in microseconds.
final class Patching {

    private static final int TARGETS = 64;

    private Patching() {}

    static void main(String[] arguments) throws Exception {
        Program program = new Program(Long.parseLong(arguments[0]), Path.of(arguments[1]));
        int rounds = Integer.parseInt(arguments[2]);
        long[] pauses = new long[rounds];
        try (ProcessPatcher patcher = ProcessPatcher.open(program.pid())) {
            int first = patcher.entries().stream()
                    .filter(each -> each.target().startsWith("a_"))
                    .findFirst()
                    .map(each -> Integer.parseInt(each.target().substring(2), 8))
                    .orElse(0);
            for (int i = 0; i < rounds; i++) {
                String number = "%03o".formatted((first + 1 + i) % TARGETS);
                pauses[i] = program.set(patcher, "a_000", "a_" + number, "b_000", "b_" + number)
                                .pauseNanos()
                        / 1000;
                if (i == 0) {
                    System.out.println("patching");
                }
            }
        }
        long cold = pauses[0];
        Arrays.sort(pauses);
        System.out.println("pauses: first %d, median %d, p99 %d, longest %d us"
                .formatted(cold, pauses[rounds / 2], pauses[rounds * 99 / 100], pauses[rounds - 1]));
    }
}
