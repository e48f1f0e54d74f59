package dev.repoint.machine.site;

import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.RelocationUse;
import java.util.Arrays;

/// Goes through the relocations of code, and hands the instruction that each is about to the one who judges its kind.
///
/// What a relocation type says is a hint only. What its bytes are decides what the use is; where they lead, whether it is a
/// site.
final class CodeScan {

    /// Types of relocations with greater numbers are asked for each time.
    private static final int KNOWN_TYPES = 2048;

    private final Scan scan;
    private final Branches branches;
    private final Pointers pointers;
    private final Sweep sweep;
    private final RelocationUse[] uses = new RelocationUse[KNOWN_TYPES];
    private final boolean[] used = new boolean[KNOWN_TYPES];
    private long functionStart;
    private long functionSize;
    private int function = SiteSink.NOWHERE;
    private boolean sawCode;

    CodeScan(Scan scan, Pointers pointers, Sweep sweep) {
        this.scan = scan;
        this.pointers = pointers;
        this.branches = new Branches(scan, pointers);
        this.sweep = sweep;
        Arrays.fill(uses, RelocationUse.OTHER);
    }

    /// Goes through all tables of a file that the linker kept, or is yet to use.
    void run() {
        for (RelocationTable table : scan.file().relocations()) {
            if (DynamicWords.isDynamic(table) || table.symbols() != scan.symbols().table()) continue;
            Section target = table.target().orElse(null);
            if (target == null || !target.isAllocated() || !target.isExecutable()) continue;
            int region = scan.regions().at(scan.regions().place(target, target.address().value()));
            if (region == Regions.NONE) continue;
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
        int count = 0;
        for (int i = 0; i < fields.length; i++) {
            RelocationUse use = use(table.type(i));
            switch (use) {
                case BRANCH, ADDRESS, SLOT, POINTER -> {
                    long field = scan.regions().place(target, table.offset(i));
                    fields[count++] = field;
                    judge(code, field, use, table.symbol(i), table.addend(i));
                }
                case GLOB_DAT, JUMP_SLOT, RELATIVE, IRELATIVE, TLS, COPY, NONE, OTHER -> {} // no use of a function
            }
        }
        sweep.run(region, fields, count);
    }

    private void judge(Code code, long field, RelocationUse use, int symbol, long addend) {
        byte kind = scan.symbols().kind(symbol);
        if (kind == Symbols.OTHER) return;
        if (!code.contains(field, Integer.BYTES)) return; // no instruction of this section
        Instruction found = scan.architecture().at(code, field);
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

    /// A relocation in an instruction that uses neither functions nor pointers, most often data.
    private void unknown(long field, RelocationUse use, int symbol) {
        switch (scan.symbols().kind(symbol)) {
            case Symbols.FUNCTION -> scan.rejects().add(Rejects.Why.INSTRUCTION, scan.catalogue().function(symbol),
                    field);
            case Symbols.UNDEFINED -> {
                if (use == RelocationUse.BRANCH) {
                    scan.rejects().add(Rejects.Why.ELSEWHERE, scan.catalogue().undefined(symbol), field);
                }
            }
            default -> {} // data, labels
        }
    }

    private RelocationUse use(int type) {
        if (type < 0 || type >= KNOWN_TYPES) return scan.architecture().use(type);
        if (!used[type]) {
            used[type] = true;
            uses[type] = scan.architecture().use(type);
        }
        return uses[type];
    }

    /// The symbol of the function that a place lies in. Relocations come in the order of places, mostly.
    private int in(long place) {
        if (Long.compareUnsigned(place - functionStart, functionSize) < 0) return function;
        Functions functions = scan.functions();
        int group = functions.containing(place);
        if (group == Functions.NONE) return SiteSink.NOWHERE;
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
