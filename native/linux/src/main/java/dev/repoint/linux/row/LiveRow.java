package dev.repoint.linux.row;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.linux.module.MappedModule;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.PointerBranch;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.Columns;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Site;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;

/// The sites of one row of a table, in the memory of a process. Used by one thread at a time.
///
/// @param <M> what kind of module has it
public final class LiveRow<M extends MappedModule> {

    /// Stands for a site of the table that is a jump of the procedure linkage table.
    private static final int ENTRY = -1;

    private static final SiteKind[] KINDS = SiteKind.values();
    private static final int ADDRESS = 0;
    private static final int LEAD = 1;
    private static final int BYTES = 2;
    private static final int SITE = 0;
    private static final int KIND = 0;
    private static final int LENGTH = 1;

    private final M module;
    private final Patchable row;
    private final List<Word> words = new ArrayList<>();
    private final List<String> unreached = new ArrayList<>();
    private final Columns columns = new Columns(3, 1, 2);
    private final long[] defaults;
    private long[] bytes;

    /// A word that holds the patchable.
    ///
    /// @param place what messages call it
    public record Word(LiveWord word, LiveWord.Owner owner, String place) {}

    /// @param rejections why other uses of the patchable are no sites
    /// @param word       gives the word at an address, the same one each time
    /// @throws RowException if a site is of a form that cannot be changed in memory
    public LiveRow(M module, Patchable row, List<String> rejections, LongFunction<LiveWord> word) {
        this.module = module;
        this.row = row;
        boolean hasBranches = row.sites().stream().anyMatch(each -> isBranch(each.kind()));
        for (int i = 0; i < row.sites().size(); i++) {
            Site site = row.sites().get(i);
            switch (site.kind()) {
                case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP ->
                    add(site.kind(), site.address(), site.length(), site.leads(), site.offset(), i);
                case GOT_SLOT -> slot(site, hasBranches, word);
                case DATA_POINTER -> word(site, LiveWord.Owner.COMPILER, word);
                case ADDRESS, POINTER_LOAD -> unreached.add(describe(site));
            }
        }
        if (row.kind() == PatchableKind.POINTER && row.address().value() != 0) {
            words.add(new Word(
                    word.apply(module.at(row.address())), LiveWord.Owner.PROGRAM, "pointer at " + row.address()));
        }
        rejections.forEach(reason -> unreached.add("uses that are no sites: " + reason));
        bytes = Arrays.copyOf(columns.longs(BYTES), columns.count());
        defaults = defaults();
    }

    /// A file may have been patched before it was loaded.
    private long[] defaults() {
        long[] all = bytes.clone();
        for (int i = 0; i < count(); i++) {
            if (site(i) != ENTRY && !row.sites().get(site(i)).currentTarget().isDefault()) {
                try {
                    all[i] = PackedBytes.of(
                            module.architecture().restore(original(i), PackedBytes.bytes(all[i], length(i))));
                } catch (OutOfRange e) {
                    throw new RowException(place(i), e);
                }
            }
        }
        return all;
    }

    /// The module that has it.
    public M module() {
        return module;
    }

    /// The row.
    public Patchable row() {
        return row;
    }

    /// What messages call it: `libz.so.1: crc32`.
    public String key() {
        return module.name() + ": " + row.key().text();
    }

    /// How many instructions there are.
    public int count() {
        return columns.count();
    }

    /// Where an instruction is.
    public long address(int site) {
        return columns.longs(ADDRESS)[site];
    }

    /// How many bytes an instruction has.
    public int length(int site) {
        return columns.bytes(LENGTH)[site];
    }

    /// How an instruction uses the patchable.
    public SiteKind kind(int site) {
        return KINDS[columns.bytes(KIND)[site]];
    }

    /// For a call or jump through a pointer, where the pointer is; for others, where the default is.
    public long leads(int site) {
        return columns.longs(LEAD)[site];
    }

    /// What messages call an instruction.
    public String place(int site) {
        return site(site) == ENTRY
                ? "entry in the procedure linkage table at " + new Address(address(site) - module.bias())
                : describe(row.sites().get(site(site)));
    }

    /// What stands at each instruction as far as we know, the first byte lowest.
    public long[] bytes() {
        return bytes;
    }

    /// What stands at each instruction while nothing is set.
    public long[] byDefault() {
        return defaults;
    }

    /// Remembers what a patch that has come into effect left.
    public void left(long[] all) {
        bytes = all;
    }

    public List<Word> words() {
        return words;
    }

    /// How many places there are that a patch changes.
    public int size() {
        return count() + words.size();
    }

    /// Whether all uses are in a target itself, where they go on reaching the default.
    public boolean isInside(ResolvedTarget target) {
        if (row.kind() != PatchableKind.FUNCTION || count() == 0 || !words.isEmpty()) {
            return false;
        }
        for (int i = 0; i < count(); i++) {
            if (!target.contains(address(i))) {
                return false;
            }
        }
        return true;
    }

    /// Uses that no patch changes, one line each.
    public List<String> unreached() {
        return unreached;
    }

    /// The instruction as it was built.
    public Instruction original(int site) {
        return switch (kind(site)) {
            case CALL, JUMP, CONDITIONAL_JUMP -> new Branch(kind(site), address(site), length(site), leads(site));
            case POINTER_CALL, POINTER_JUMP -> new PointerBranch(kind(site), address(site), length(site), leads(site));
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER -> throw new IllegalStateException("no instruction");
        };
    }

    /// The number of an instruction's site in the row; [#ENTRY] for a jump of the procedure linkage table.
    private int site(int instruction) {
        return columns.ints(SITE)[instruction];
    }

    private static boolean isBranch(SiteKind kind) {
        return kind == SiteKind.CALL || kind == SiteKind.JUMP || kind == SiteKind.CONDITIONAL_JUMP;
    }

    private void add(SiteKind kind, Address address, int length, Address lead, FileOffset offset, int site) {
        int row = columns.add();
        columns.bytes(KIND)[row] = (byte) kind.ordinal();
        columns.longs(ADDRESS)[row] = module.at(address);
        columns.bytes(LENGTH)[row] = (byte) length;
        columns.longs(LEAD)[row] = module.at(lead);
        columns.ints(SITE)[row] = site;
        columns.longs(BYTES)[row] = fileBytes(offset, length);
    }

    private long fileBytes(FileOffset offset, int length) {
        return PackedBytes.of(
                module.file().bytes().asSlice(offset.value(), length).toArray(ValueLayout.JAVA_BYTE));
    }

    /// A slot that the loader fills at start, or the jump through one that it may fill at any time.
    private void slot(Site site, boolean hasBranches, LongFunction<LiveWord> word) {
        long slot = site.address().value();
        if (!module.jumps().isLate(slot)) {
            word(site, LiveWord.Owner.LOADER, word);
            return;
        }
        if (hasBranches) {
            return; // only the entry reads it, and all calls of that are sites themselves
        }
        boolean areJumps = module.jumps().areChangeable();
        boolean isFilled = !areJumps && module.isBound(module.word(module.at(site.address())));
        if (module.changesSlots() || isFilled) {
            word(site, LiveWord.Owner.LOADER, word);
            return;
        }
        PointerBranch jump = module.jumps().of(slot);
        FileOffset offset = jump == null
                ? null
                : module.file().offsetOf(new Address(jump.address())).orElse(null);
        if (jump == null || offset == null) {
            throw new RowException(
                    describe(site),
                    areJumps
                            ? "the loader may fill it at any moment, and no entry of the procedure linkage table is"
                                    + " known for it"
                            : "the loader fills it at the first call, and the branch by a register that reads it is"
                                    + " not among the instructions that AArch64 lets be changed while threads run them;"
                                    + " have the loader bind all functions at once (RTLD_NOW, or LD_BIND_NOW=1)");
        }
        add(SiteKind.POINTER_JUMP, new Address(jump.address()), jump.length(), new Address(slot), offset, ENTRY);
    }

    private void word(Site site, LiveWord.Owner owner, LongFunction<LiveWord> word) {
        LiveWord live = word.apply(module.at(site.address()));
        if (live.isAligned()) {
            words.add(new Word(live, owner, describe(site)));
        } else {
            unreached.add(describe(site) + ", which is not aligned");
        }
    }

    private static String describe(Site site) {
        return site.kind().text() + " at " + site.address() + (site.in().isEmpty() ? "" : " in " + site.in());
    }
}
