package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfMachine;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.instruction.VeneerSource;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Plans all sites of one patchable of an object file.
///
/// | site | a symbol | nothing, zero |
/// | --- | --- | --- |
/// | call | the relocation names it | bytes that do so; the relocation becomes `NONE` |
/// | jump, conditional jump | the relocation names it | the same, or a jump to a veneer |
/// | pointer call, pointer jump of an import | the relocation names it | as a call or jump |
/// | pointer call, pointer jump of a pointer | a direct one, whose relocation names it | as a call or jump |
/// | data pointer | the relocation names it | the relocation names a veneer |
final class ObjectSitePlanner {

    private static final int NONE = 0;
    private static final int R_X86_64_PC32 = 2;
    private static final int R_X86_64_PLT32 = 4;
    private static final int RELA = 24;
    private static final long SHF_GROUP = 0x200;

    /// What a site needs of the plan of the whole file.
    interface Surroundings {

        /// Why uses of a patchable are no sites.
        List<String> rejectionsOf(NativeKey key);

        /// The symbol of a small function that does nothing, or gives zero.
        int veneer(Outcome outcome, ErrorContext context) throws PlanException;

        /// The name of a symbol, of the file or added.
        String symbolName(int symbol);
    }

    private final ElfFile file;
    private final Architecture architecture;
    private final ObjectRelocations relocations;
    private final Surroundings planner;
    private final EditList edits;
    private final ResolvedObjectChange change;
    private final List<UnchangedSite> unchanged = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int changed;
    private int alreadySet;
    private boolean changesCalls;

    ObjectSitePlanner(
            ElfFile file,
            Architecture architecture,
            ObjectRelocations relocations,
            Surroundings planner,
            EditList edits,
            ResolvedObjectChange change) {
        this.file = file;
        this.architecture = architecture;
        this.relocations = relocations;
        this.planner = planner;
        this.edits = edits;
        this.change = change;
    }

    KeyPlan plan() throws PlanException {
        Patchable patchable = change.patchable();
        for (Site site : patchable.sites()) {
            ErrorContext context = change.context().at(site);
            switch (site.kind()) {
                case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> instruction(site, context);
                case DATA_POINTER -> word(relocations.at(site.offset().value()), context);
                case ADDRESS, POINTER_LOAD, GOT_SLOT -> {
                    if (!(change.target() instanceof ResolvedObjectTarget.Default)) {
                        unchanged.add(new UnchangedSite(
                                context.site(), "it takes the address; calls through that reach the default"));
                    }
                }
            }
        }
        if (patchable.kind() == PatchableKind.POINTER) {
            stored(patchable);
        }
        tellRejections(patchable);
        if (changesCalls && patchable.safety() == Safety.PLAIN && patchable.kind() == PatchableKind.FUNCTION) {
            warnings.add(change.context().key() + " is not safe to patch: " + patchable.caution());
        }
        return new KeyPlan(
                change.context().key(),
                change.target().text(),
                Mechanism.SITES,
                patchable.safety(),
                changed,
                alreadySet,
                List.of(),
                unchanged,
                warnings);
    }

    /// Uses that are no sites.
    private void tellRejections(Patchable patchable) {
        if (!(change.target() instanceof ResolvedObjectTarget.Default)) {
            planner.rejectionsOf(patchable.key()).forEach(reason -> unchanged.add(UnchangedSite.uses(reason)));
        }
    }

    private void instruction(Site site, ErrorContext context) throws PlanException {
        if (change.target() instanceof ResolvedObjectTarget.Default) {
            alreadySet++;
            return;
        }
        if (site.in().equals(change.target().text())) {
            unchanged.add(
                    new UnchangedSite(context.site(), "it is in the target itself, which so reaches the default"));
            return;
        }
        ObjectRelocations.Entry entry = relocations.of(site);
        if (entry == null) {
            throw context.fails("the assembler left no relocation for it; compile with -ffunction-sections");
        }
        changesCalls = true;
        warnOfGroup(entry.target());
        switch (change.target()) {
            case ResolvedObjectTarget.Symbol symbol -> {
                if (isThroughPointer(site)) {
                    byte[] direct = encode(
                            site, new Outcome.To(site.address().value() + site.length()), VeneerSource.NONE, context);
                    add(code(site, direct, context));
                    int moved = site.kind() == SiteKind.POINTER_JUMP ? -1 : 0; // ff 25 disp32 -> e9 rel32 90
                    add(relocation(
                            entry,
                            entry.place() + moved,
                            R_X86_64_PLT32,
                            symbol.index(),
                            symbol.addend() + bias(),
                            context));
                } else {
                    add(relocation(
                            entry,
                            entry.place(),
                            branchType(entry),
                            symbol.index(),
                            symbol.addend() + bias(),
                            context));
                }
            }
            case ResolvedObjectTarget.Empty empty -> empty(site, entry, empty.outcome(), context);
            case ResolvedObjectTarget.Default _ -> {}
        }
    }

    private void empty(Site site, ObjectRelocations.Entry entry, Outcome outcome, ErrorContext context)
            throws PlanException {
        List<Outcome> asked = new ArrayList<>();
        byte[] next = encode(
                site,
                outcome,
                (wanted, lowest, highest) -> {
                    asked.add(wanted);
                    return site.address().value() + site.length();
                },
                context);
        add(code(site, next, context));
        if (asked.isEmpty()) {
            add(relocation(entry, entry.place(), NONE, entry.symbol(), entry.addend(), context));
        } else {
            int moved = site.kind() == SiteKind.POINTER_JUMP ? -1 : 0;
            int type = file.machine() == ElfMachine.X86_64 ? R_X86_64_PLT32 : entry.type();
            add(relocation(entry, entry.place() + moved, type, planner.veneer(outcome, context), bias(), context));
        }
    }

    private void word(ObjectRelocations.@Nullable Entry entry, ErrorContext context) throws PlanException {
        if (change.target() instanceof ResolvedObjectTarget.Default) {
            alreadySet++;
            return;
        }
        if (entry == null) {
            throw context.fails("no relocation gives it a function to start with");
        }
        warnOfGroup(entry.target());
        switch (change.target()) {
            case ResolvedObjectTarget.Symbol symbol ->
                add(relocation(entry, entry.place(), entry.type(), symbol.index(), symbol.addend(), context));
            case ResolvedObjectTarget.Empty empty ->
                add(relocation(
                        entry, entry.place(), entry.type(), planner.veneer(empty.outcome(), context), 0, context));
            case ResolvedObjectTarget.Default _ -> {}
        }
    }

    private void stored(Patchable patchable) throws PlanException {
        ObjectRelocations.Entry entry = change.word() < 0 ? null : relocations.at(change.word());
        ErrorContext context =
                change.context().at("data-pointer " + change.context().key());
        if (entry != null) {
            word(entry, context);
        } else if (!(change.target() instanceof ResolvedObjectTarget.Default)) {
            unchanged.add(new UnchangedSite(
                    patchable.key().text(),
                    "this object file gives it no function to start with; "
                            + "its calls change, what the program stores in it does not"));
        }
    }

    private boolean isThroughPointer(Site site) {
        boolean isPointerBranch = site.kind() == SiteKind.POINTER_CALL || site.kind() == SiteKind.POINTER_JUMP;
        return isPointerBranch && change.patchable().kind() == PatchableKind.POINTER;
    }

    /// A displacement counts from the end of its instruction on x86-64, four bytes behind itself.
    private long bias() {
        return file.machine() == ElfMachine.X86_64 ? -4 : 0;
    }

    /// A function of another module can be called by `PLT32` only.
    private int branchType(ObjectRelocations.Entry entry) {
        boolean isPlain = file.machine() == ElfMachine.X86_64 && entry.type() == R_X86_64_PC32;
        return isPlain ? R_X86_64_PLT32 : entry.type();
    }

    private byte[] encode(Site site, Outcome outcome, VeneerSource veneers, ErrorContext context) throws PlanException {
        long address = site.address().value();
        Instruction original = switch (site.kind()) {
            case CALL, JUMP, CONDITIONAL_JUMP -> new Instruction.Branch(site.kind(), address, site.length(), address);
            case POINTER_CALL, POINTER_JUMP ->
                new Instruction.PointerBranch(site.kind(), address, site.length(), address);
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER ->
                throw new IllegalArgumentException(site.kind() + " is no branch");
        };
        try {
            return architecture.encode(original, bytes(site.offset(), site.length()), outcome, veneers);
        } catch (OutOfRange e) {
            throw context.fails(e);
        }
    }

    private Edit code(Site site, byte[] next, ErrorContext context) {
        return new Edit(
                site.section(),
                site.offset(),
                site.address(),
                bytes(site.offset(), site.length()),
                next,
                context.key(),
                context.site(),
                "",
                "");
    }

    private Edit relocation(
            ObjectRelocations.Entry entry, long offset, int type, int symbol, long addend, ErrorContext context) {
        FileOffset at = entry.table().offsetOfEntry(entry.index());
        byte[] next = ByteBuffer.allocate(RELA)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(offset)
                .putInt(type)
                .putInt(symbol)
                .putLong(addend)
                .array();
        return new Edit(
                entry.table().section().name(),
                at,
                new Address(0),
                bytes(at, RELA),
                next,
                context.key(),
                context.site(),
                meaning(entry.type(), entry.symbol(), entry.addend()),
                meaning(type, symbol, addend));
    }

    private String meaning(int type, int symbol, long addend) {
        String distance = addend == 0 ? "" : (addend < 0 ? "-0x" : "+0x") + Long.toHexString(Math.abs(addend));
        return architecture.relocationName(type) + (type == NONE ? "" : " " + planner.symbolName(symbol) + distance);
    }

    private void warnOfGroup(Section section) {
        String warning = change.context().key() + ": the section " + section.name() + " is one of a group (COMDAT); "
                + "the linker may take the same group of another object file, which is not patched";
        if ((section.flags() & SHF_GROUP) != 0 && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    private byte[] bytes(FileOffset offset, int length) {
        return file.bytes().asSlice(offset.value(), length).toArray(ValueLayout.JAVA_BYTE);
    }

    private void add(Edit edit) throws PlanException {
        edits.add(edit);
        if (edit.isCode()) {
            return; // the relocation counts
        }
        if (edit.changes()) {
            changed++;
        } else {
            alreadySet++;
        }
    }
}
