package dev.repoint.it.entries;

import dev.repoint.elf.BuildId;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.SymbolTable;
import dev.repoint.machine.entry.CopyUnwind;
import dev.repoint.machine.entry.EntryModule;
import dev.repoint.machine.entry.EntryPatch;
import dev.repoint.machine.entry.EntryPlanner;
import dev.repoint.machine.entry.EntryVerdict;
import dev.repoint.machine.entry.MovedCopy;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Step;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// What the planner says of the functions of one file.
///
/// @param path     of the file
/// @param buildId  its identity; empty if it has none
/// @param exported verdicts on the functions that the loader knows
/// @param all      verdicts on those and on all that a symbol or an unwind entry tells
/// @param patches  of all that were accepted
/// @param refusals lines about those that were not
record FileCensus(
        Path path, String buildId, Counts exported, Counts all, List<EntryPatch> patches, List<String> refusals) {

    static FileCensus of(Path path) throws ElfException {
        ElfFile file = ElfFile.read(path);
        EntryModule module = EntryModule.of(file);
        EntryPlanner planner = new EntryPlanner(module);
        Set<Long> exported = exported(file);
        Counts exportedCounts = new Counts();
        Counts allCounts = new Counts();
        List<EntryPatch> patches = new ArrayList<>();
        List<String> refusals = new ArrayList<>();
        for (long address : module.functions()) {
            EntryVerdict verdict = planner.judge(address);
            switch (verdict) {
                case EntryVerdict.Accepted accepted -> {
                    check(module, accepted.patch());
                    patches.add(accepted.patch());
                }
                case EntryVerdict.Refused refused ->
                    refusals.add("%s\t%s\t%s".formatted(path, refused.reason(), refused.text()));
            }
            allCounts.add(verdict);
            if (exported.contains(address)) {
                exportedCounts.add(verdict);
            }
        }
        String buildId = file.buildId().map(BuildId::hex).orElse("");
        return new FileCensus(path, buildId, exportedCounts, allCounts, patches, refusals);
    }

    /// Whether `objdump` of this machine reads its code.
    boolean isX86() {
        return patches.getFirst().old().length != Integer.BYTES;
    }

    private static Set<Long> exported(ElfFile file) {
        Set<Long> found = new TreeSet<>();
        SymbolTable symbols = file.dynamicSymbols();
        for (int i = 1; i < symbols.size(); i++) {
            if (symbols.type(i).isFunction() && symbols.isDefined(i)) {
                found.add(symbols.value(i));
            }
        }
        return found;
    }

    /// Makes the copy at both ends of its reach, and in the middle with its unwind entry.
    private static void check(EntryModule module, EntryPatch patch) throws ElfException {
        int alignment = module.architecture().veneerAlignment();
        long lowest = (patch.lowest() + alignment - 1) & -alignment;
        long highest = patch.highest() & -alignment;
        copy(patch, lowest);
        copy(patch, highest);
        MovedCopy middle = copy(patch, lowest / 2 + highest / 2 & -alignment);
        CopyUnwind unwind = CopyUnwind.of(module, patch, middle).orElse(null);
        if (unwind != null) {
            long at = middle.end() + 7 & -8L;
            long exceptions = at + unwind.framesLength();
            if (unwind.frames(at, exceptions).length != unwind.framesLength()
                    || unwind.exceptions(exceptions).length != unwind.exceptionsLength()) {
                throw new IllegalStateException("an unwind entry has another length than was said");
            }
        }
        patch.jump(patch.place() + patch.old().length);
    }

    private static MovedCopy copy(EntryPatch patch, long address) throws OutOfRange {
        MovedCopy copy = patch.copy(address);
        if (copy.bytes().length != patch.copyLength()) {
            throw new IllegalStateException("the copy at 0x%x has another length than was said".formatted(address));
        }
        for (Step step : patch.moved()) {
            long place = copy.toCopy(step.address());
            if (place < address || copy.toOriginal(place) != step.address()) {
                throw new IllegalStateException("0x%x has no place in the copy".formatted(step.address()));
            }
        }
        return copy;
    }
}
