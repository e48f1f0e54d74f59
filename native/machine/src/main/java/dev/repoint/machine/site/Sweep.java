package dev.repoint.machine.site;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.instruction.BranchFilter;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.SweepListener;
import java.util.Arrays;

/// Finds calls that have no relocation, because the assembler resolved them: calls of a function by itself, and
/// without `-ffunction-sections` those inside one section.
///
/// A function that may have any is decoded from its first byte to its last. What that finds counts only if
/// every byte was part of a known instruction, the last of which ends with the function, and if every
/// relocation lies inside one instruction. A jump to the start of the same function is a loop and no call.
final class Sweep implements SweepListener, BranchFilter {

    private static final int FIRST = 16;
    /// The least that a relocation patches behind its field: one byte less than its four where a linker relaxed
    /// the instruction and left the field where it was.
    private static final int PATCHED = 3;
    private static final String DATA_MARK = "$d";

    private final ScanContext scan;
    private final boolean fixedLength;
    private final long[] dataMarks;
    private long[] fields = new long[0];
    private int fieldCount;
    private int nextField;
    private int candidateField;
    private long start;
    private long size;
    private boolean whole;
    private boolean consistent;
    private boolean relocated;
    private Instruction.Branch[] found = new Instruction.Branch[FIRST];
    private int foundCount;
    private int unsound;
    private int others;

    Sweep(ScanContext scan) {
        this.scan = scan;
        this.fixedLength = scan.file().machine() == ElfMachine.AARCH64;
        this.dataMarks = fixedLength ? dataMarks(scan.symbols()) : new long[0];
    }

    /// Where data starts among code (AAELF64, 5.4.4 "Mapping symbols").
    private static long[] dataMarks(Symbols symbols) {
        long[] places = new long[symbols.size()];
        int count = 0;
        for (int i = 1; i < symbols.size(); i++) {
            boolean label = symbols.kind(i) == Symbols.LABEL && symbols.isLocal(i);
            if (label && symbols.name(i).startsWith(DATA_MARK)) {
                places[count++] = symbols.place(i);
            }
        }
        int[] order = RadixSort.of(places, count);
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = places[order[i]];
        }
        return sorted;
    }

    /// Goes through the functions of a region.
    ///
    /// @param places the fields of its relocations
    /// @param count  how many of them there are
    void run(int region, long[] places, int count) {
        fields = sorted(places, count);
        fieldCount = count;
        nextField = 0;
        candidateField = 0;
        Regions.Region bounds = scan.regions().get(region);
        Code code = scan.regions().code(region);
        Functions functions = scan.functions();
        for (int group = functions.from(bounds.start()); group < functions.count(); group++) {
            if (functions.start(group) - bounds.start() >= bounds.size()) {
                break;
            }
            run(code, group);
        }
    }

    private void run(Code code, int group) {
        start = scan.functions().start(group);
        size = scan.functions().end(group) - start;
        if (!code.contains(start, size)) {
            unsound++;
            return;
        }
        whole = scan.functions().isWhole(group);
        Code function = code.slice(start, size);
        if (!scan.architecture().mayBranch(function, this)) {
            return;
        } // most functions, and there is nothing to find
        if (!whole || holdsData(start, size) || !decode(function)) {
            unsound++;
        } else {
            for (int i = 0; i < foundCount; i++) {
                take(found[i], group);
            }
        }
    }

    /// Whether bytes may be a branch that has no relocation and goes to a function: another one, or by a call
    /// this one.
    @Override
    public boolean wants(boolean call, long field, long destination) {
        boolean inside = Long.compareUnsigned(destination - start, size) < 0;
        if (whole && inside && !(call && destination == start)) {
            return false;
        }
        // Fields come in order, or one byte before the last: then this says that there is none, which costs time only.
        while (candidateField < fieldCount && Long.compareUnsigned(fields[candidateField], field) < 0) {
            candidateField++;
        }
        boolean relocated = candidateField < fieldCount && fields[candidateField] == field;
        return !relocated && scan.functions().startingAt(destination) != Functions.NONE;
    }

    /// How many functions could not be decoded with certainty.
    int unsound() {
        return unsound;
    }

    /// How many calls of other functions had no relocation.
    int others() {
        return others;
    }

    private boolean decode(Code function) {
        foundCount = 0;
        relocated = false;
        consistent = true;
        while (nextField < fieldCount && Long.compareUnsigned(fields[nextField], function.address()) < 0) {
            nextField++;
        }
        boolean decoded = scan.architecture().sweep(function, this);
        return decoded && consistent;
    }

    @Override
    public void boundary(long address, int length) {
        relocated = false;
        long end = address + length;
        while (nextField < fieldCount && Long.compareUnsigned(fields[nextField], end) < 0) {
            long field = fields[nextField++];
            relocated = true;
            consistent &= fixedLength ? field == address : field > address && field + PATCHED <= end;
        }
    }

    @Override
    public void found(Instruction instruction) {
        if (relocated || !(instruction instanceof Instruction.Branch branch)) {
            return;
        }
        if (foundCount == found.length) {
            found = Arrays.copyOf(found, foundCount * 2);
        }
        found[foundCount++] = branch;
    }

    private void take(Instruction.Branch branch, int group) {
        int callee = scan.functions().startingAt(branch.destination());
        if (callee == Functions.NONE) {
            return;
        }
        int in = scan.functions().nameOf(group, false, scan.declarations());
        int symbol = scan.functions().nameOf(callee, true, scan.declarations());
        boolean own = callee == group;
        if (branch.kind() != SiteKind.CALL
                && (own || Clones.areOne(scan.names().name(in), scan.names().name(symbol)))) {
            return;
        }
        int number = scan.catalogue().function(symbol);
        if (!own && scan.symbols().size(in) > 0) {
            others++;
        } // start-up code, which has no sizes, is no concern of flags
        if (scan.isRelocatable()) {
            scan.rejects().add(Rejects.Why.UNRELOCATED, number, branch.address());
        } else {
            scan.sites()
                    .add(
                            number,
                            branch.kind(),
                            branch.address(),
                            branch.length(),
                            in,
                            branch.destination(),
                            CurrentTarget.DEFAULT);
        }
    }

    private boolean holdsData(long start, long size) {
        int mark = RadixSort.floor(dataMarks, dataMarks.length, start + size - 1);
        return mark >= 0 && Long.compareUnsigned(dataMarks[mark], start) >= 0;
    }

    private static long[] sorted(long[] places, int count) {
        int[] order = RadixSort.of(places, count);
        long[] sorted = new long[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = places[order[i]];
        }
        return sorted;
    }
}
