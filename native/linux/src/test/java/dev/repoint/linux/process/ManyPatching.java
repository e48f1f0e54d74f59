package dev.repoint.linux.process;

import dev.repoint.machine.choice.PatchChoice;
import java.util.ArrayList;
import java.util.List;

/// A program of these tests: leads all functions of `functions.c` to `two` at their entries, all as one patch, and
/// back, again and again, until it is killed. Argument: the process. Prints when it begins, and after each patch.
final class ManyPatching {

    /// Those of the first and of the last function.
    private static final int FIRST = 1000;
    private static final int END = 3000;

    private ManyPatching() {}

    static void main(String[] arguments) {
        List<ProcessChange> there = changes(FIRST, END);
        try (OtherProcess process = OtherProcess.open(Long.parseLong(arguments[0]))) {
            System.out.println("patching");
            boolean isThere = !process.status().isEmpty();
            while (true) {
                if (isThere) {
                    process.reset(List.of());
                } else {
                    process.set(there, SetOptions.DEFAULT.withChoice(PatchChoice.ENTRY));
                }
                System.out.println("patched");
                isThere = !isThere;
            }
        }
    }

    /// The changes that lead some functions to `two`.
    static List<ProcessChange> changes(int first, int end) {
        List<ProcessChange> changes = new ArrayList<>();
        for (int i = first; i < end; i++) {
            changes.add(ProcessChange.parse("f_" + i + "=two"));
        }
        return changes;
    }
}
