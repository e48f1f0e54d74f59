package dev.repoint.machine.site;

import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.RelocationUse;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Goes through the relocations of code, and hands the instruction that each is about to the one who judges its
/// kind.
///
/// What a relocation type says is a hint only. The bytes decide the kind of use; their destination,
/// whether it is a site.
final class CodeScan {

    /// Types of relocations with greater numbers are asked for each time.
    private static final int KNOWN_TYPES = 2048;

    private final ScanContext scan;
    private final Branches branches;
    private final Pointers pointers;
    private final Sweep sweep;
    private final LargeModelUses far;
    private final boolean branchesOnly;
    private final RelocationUse[] uses = new RelocationUse[KNOWN_TYPES];
    private final boolean[] used = new boolean[KNOWN_TYPES];
    private long functionStart;
    private long functionSize;
    private int function = SiteSink.NOWHERE;
    private boolean sawCode;

    CodeScan(ScanContext scan, Pointers pointers, Sweep sweep, LargeModelUses far) {
        this.scan = scan;
        this.pointers = pointers;
        this.branches = new Branches(scan, pointers);
        this.sweep = sweep;
        this.far = far;
        // AArch64 has types for branches, which fit no other instruction; on x86-64 they are for any displacement.
        this.branchesOnly = scan.file().machine() == ElfMachine.AARCH64;
        Arrays.fill(uses, RelocationUse.OTHER);
    }

    /// Goes through all tables of a file that the linker kept, or is yet to use.
    void run() {
        for (RelocationTable table : scan.file().relocations()) {
            if (DynamicWords.isDynamic(table)
                    || table.symbols() != scan.symbols().table()) {
                continue;
            }
            Section target = table.target().orElse(null);
            if (target == null || !target.isAllocated() || !target.isExecutable()) {
                continue;
            }
            int region = scan.regions()
                    .at(scan.regions().place(target, target.address().value()));
            if (region == Regions.NONE) {
                continue;
            }
            run(table, target, region);
            sawCode |= table.count() > 0;
        }
    }

    /// Whether there were relocations of code.
    boolean sawCode() {
        return sawCode;
    }

    private void run(RelocationTable table, Section target, int region) {
        Code code = scan.regions().code(region);
        long[] fields = new long[table.count()];
        int[] rows = new int[fields.length];
        int count = 0;
        for (int i = 0; i < fields.length; i++) {
            switch (use(table.type(i))) {
                case FAR_BRANCH, FAR_ADDRESS, FAR_SLOT ->
                    far.use(
                            use(table.type(i)),
                            scan.regions().place(target, table.offset(i)),
                            table.symbol(i),
                            table.addend(i));
                case BRANCH, ADDRESS, SLOT, POINTER -> {
                    fields[count] = scan.regions().place(target, table.offset(i));
                    rows[count++] = i;
                }
                case GLOB_DAT, JUMP_SLOT, RELATIVE, IRELATIVE, TLS, COPY, NONE, OTHER -> {} // no use of a function
            }
        }
        boolean @Nullable [] disputed = disputed(fields, count);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            judge(
                    code,
                    fields[i],
                    use(table.type(row)),
                    table.symbol(row),
                    table.addend(row),
                    disputed != null && disputed[i]);
        }
        sweep.run(region, fields, count);
    }

    /// Which places several relocations name: at most one of them is right. gold for AArch64 moves those of
    /// some sections to a wrong place. Null if there are none.
    private static boolean @Nullable [] disputed(long[] fields, int count) {
        int[] order = RadixSort.of(fields, count);
        boolean[] disputed = null;
        for (int i = 1; i < count; i++) {
            if (fields[order[i - 1]] != fields[order[i]]) {
                continue;
            }
            if (disputed == null) {
                disputed = new boolean[count];
            }
            disputed[order[i - 1]] = true;
            disputed[order[i]] = true;
        }
        return disputed;
    }

    private void judge(Code code, long field, RelocationUse use, int symbol, long addend, boolean disputed) {
        byte kind = scan.symbols().kind(symbol);
        if (kind == Symbols.OTHER) {
            return;
        }
        if (!code.contains(field, Integer.BYTES)) {
            return;
        } // no instruction of this section
        Instruction found = scan.architecture().at(code, field);
        boolean fits = found instanceof Instruction.Branch || found instanceof Instruction.Emptied;
        if (use == RelocationUse.BRANCH && branchesOnly && !fits
                || disputed && found != null && !agrees(found, symbol, addend)) {
            misplaced(field, symbol);
            return;
        }
        // Not a switch over patterns: linking the first one of a JVM takes longer than collecting a small file.
        if (found == null) {
            unknown(field, use, symbol);
        } else if (found instanceof Instruction.Branch branch) {
            branches.branch(code, branch, field, use, symbol, addend, in(field));
        } else if (found instanceof Instruction.Reference reference) {
            pointers.reference(reference, field, use, symbol, addend, in(field));
        } else if (found instanceof Instruction.PointerBranch branch) {
            pointers.branch(branch, field, use, symbol, addend, in(field));
        } else if (found instanceof Instruction.Emptied emptied) {
            branches.emptied(emptied, field, use, symbol, addend, in(field));
        }
    }

    /// Whether an instruction goes where its relocation says, with nothing changed since.
    private boolean agrees(Instruction found, int symbol, long addend) {
        Symbols symbols = scan.symbols();
        long place = symbols.place(symbol);
        boolean function = symbols.kind(symbol) == Symbols.FUNCTION;
        if (scan.isRelocatable()) {
            return true;
        }
        long used;
        int word;
        if (found instanceof Instruction.Branch branch) {
            used = branch.destination();
            word = scan.linkage().wordBehind(used);
        } else if (found instanceof Instruction.Reference reference) {
            used = reference.destination();
            word = scan.words().at(used);
        } else if (found instanceof Instruction.PointerBranch branch) {
            used = branch.slot();
            word = scan.words().at(used);
        } else {
            return false;
        }
        if (used == place + addend + scan.bias(Integer.BYTES)) {
            return true;
        }
        if (word == DynamicWords.NONE || !function && symbols.kind(symbol) != Symbols.UNDEFINED) {
            return false;
        }
        int number =
                function ? scan.catalogue().function(symbol) : scan.catalogue().undefined(symbol);
        return scan.linkage().leadsTo(word, number, place);
    }

    private void misplaced(long field, int symbol) {
        switch (scan.symbols().kind(symbol)) {
            case Symbols.FUNCTION ->
                scan.rejects().add(Rejects.Why.MISPLACED, scan.catalogue().function(symbol), field);
            case Symbols.UNDEFINED ->
                scan.rejects().add(Rejects.Why.MISPLACED, scan.catalogue().undefined(symbol), field);
            default ->
                scan.rejects().addUnnamed(Rejects.Why.MISPLACED, scan.symbols().place(symbol), field);
        }
    }

    /// A relocation in an instruction that uses neither functions nor pointers, most often data.
    private void unknown(long field, RelocationUse use, int symbol) {
        switch (scan.symbols().kind(symbol)) {
            case Symbols.FUNCTION ->
                scan.rejects().add(Rejects.Why.INSTRUCTION, scan.catalogue().function(symbol), field);
            case Symbols.UNDEFINED -> {
                if (use == RelocationUse.BRANCH) {
                    scan.rejects().add(Rejects.Why.ELSEWHERE, scan.catalogue().undefined(symbol), field);
                }
            }
            default -> {} // data, labels
        }
    }

    private RelocationUse use(int type) {
        if (type < 0 || type >= KNOWN_TYPES) {
            return scan.architecture().use(type);
        }
        if (!used[type]) {
            used[type] = true;
            uses[type] = scan.architecture().use(type);
        }
        return uses[type];
    }

    /// The symbol of the function that a place lies in. Relocations come in the order of places, mostly.
    private int in(long place) {
        if (Long.compareUnsigned(place - functionStart, functionSize) < 0) {
            return function;
        }
        Functions functions = scan.functions();
        int group = functions.containing(place);
        if (group == Functions.NONE) {
            return SiteSink.NOWHERE;
        }
        function = functions.nameOf(group, false, scan.declarations());
        boolean last = group + 1 == functions.count();
        functionStart = functions.start(group);
        functionSize = functions.end(group) - functionStart;
        // Up to the next function, which may start inside this one.
        if (!last && functions.start(group + 1) - functionStart < functionSize) {
            functionSize = functions.start(group + 1) - functionStart;
        }
        return function;
    }
}
