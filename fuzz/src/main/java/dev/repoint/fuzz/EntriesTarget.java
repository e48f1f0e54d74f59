package dev.repoint.fuzz;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.Step;
import java.lang.foreign.MemorySegment;

/// The planner of entries: any file is a format error, or has a verdict for each function, and what is accepted
/// has a copy.
public final class EntriesTarget {

    private static final int MOST = 100;

    private EntriesTarget() {}

    /// Reads bytes as a file, and judges its functions.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            EntryModule module = EntryModule.of(ElfFile.of("fuzzed", MemorySegment.ofArray(bytes)));
            EntryPlanner planner = new EntryPlanner(module);
            long[] functions = module.functions();
            for (int i = 0; i < Math.min(functions.length, MOST); i++) {
                judge(module, planner, functions[i]);
                judge(module, planner, functions[i] + 1);
            }
        } catch (ElfException refused) {
            Expect.oneLine(refused);
        }
    }

    private static void judge(EntryModule module, EntryPlanner planner, long address) throws ElfException {
        switch (planner.judge(address)) {
            case EntryVerdict.Accepted accepted -> copy(module, accepted.patch());
            case EntryVerdict.Refused refused -> Expect.that(!refused.text().isBlank(), "a reason");
        }
    }

    private static void copy(EntryModule module, EntryPatch patch) throws ElfException {
        Expect.that(patch.lowest() <= patch.highest(), "a place for the copy");
        int alignment = module.architecture().veneerAlignment();
        MovedCopy copy = patch.copy(patch.highest() & -alignment);
        Expect.that(copy.bytes().length == patch.copyLength(), "the length that was said");
        for (Step step : patch.moved()) {
            Expect.that(
                    copy.toOriginal(copy.toCopy(step.address())) == step.address(), "the place of each instruction");
        }
        CopyUnwind unwind = CopyUnwind.of(module, patch, copy).orElse(null);
        if (unwind != null) {
            Expect.that(unwind.framesLength() % 8 == 0, "a length that is a multiple of 8");
        }
    }
}
