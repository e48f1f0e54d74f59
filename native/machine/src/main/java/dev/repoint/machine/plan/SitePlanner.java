package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans all sites of one patchable.
///
/// | site | becomes |
/// | --- | --- |
/// | call, jump, conditional jump, pointer call, pointer jump | another instruction, see the architecture |
/// | slot, data pointer | another relocation or value, see [RelocatedWords] |
/// | jump slot where no calls are known | another jump in the procedure linkage table, see [LinkageJump] |
/// | address, pointer load | what it was: reported |
///
/// A call inside of the target itself stays: so a target can call the default that it stands in for.
final class SitePlanner {

    private final LinkedFile linked;
    private final ResolvedChange change;
    private final PlanDraft draft;
    private final List<UnchangedSite> unchanged = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<Long> keptSlots = new HashSet<>();
    private int changed;
    private int alreadySet;
    private boolean changesCalls;

    SitePlanner(LinkedFile linked, ResolvedChange change, PlanDraft draft) {
        this.linked = linked;
        this.change = change;
        this.draft = draft;
    }

    /// Adds the edits of all sites, and tells the rest.
    KeyPlan plan() throws PlanException {
        Patchable patchable = change.patchable();
        linked.veneers().askedBy(change.context());
        unchanged.addAll(change.notes());
        for (Site site : patchable.sites()) {
            if (isInTarget(site) && (site.kind() == SiteKind.POINTER_CALL || site.kind() == SiteKind.POINTER_JUMP)) {
                keptSlots.add(site.leads().value());
            }
        }
        for (Site site : patchable.sites()) {
            switch (site.kind()) {
                case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> instruction(site);
                case GOT_SLOT -> slot(site);
                case DATA_POINTER -> pointer(site);
                case ADDRESS, POINTER_LOAD -> {} // told at the end, when it is known what changed
            }
        }
        if (patchable.kind() == PatchableKind.POINTER) {
            stored(patchable);
        }
        tellReferences(patchable);
        tellRejections(patchable);
        if (changesCalls && patchable.safety() == Safety.PLAIN && patchable.kind() == PatchableKind.FUNCTION) {
            warnings.add(change.context().key() + " is not safe to patch: " + patchable.caution());
        }
        return new KeyPlan(
                change.context().key(),
                change.target().text(),
                patchable.safety(),
                changed,
                alreadySet,
                List.of(),
                unchanged,
                warnings);
    }

    private boolean isInTarget(Site site) {
        return change.target() instanceof ResolvedTarget.Code code
                && change.patchable().kind() == PatchableKind.FUNCTION
                && code.contains(site.address().value());
    }

    private void instruction(Site site) throws PlanException {
        ErrorContext context = change.context().at(site);
        Instruction present = present(site);
        byte[] now = linked.image().bytes(site.address().value(), site.length());
        FileOffset offset = linked.file().offsetOf(site.address()).orElse(null);
        if (present == null || now == null || offset == null) {
            throw context.fails("the bytes there are not those that a linker or a patch left; "
                    + "the table of sites is that of another file");
        }
        ResolvedTarget target = change.target();
        if (isInTarget(site)) {
            unchanged.add(
                    new UnchangedSite(context.site(), "it is in the target itself, which so reaches the default"));
            target = new ResolvedTarget.Default();
        }
        byte[] next = next(site, target, present, now, context);
        touch(site.address().value(), LinkedFile.destination(present));
        Edit edit = new Edit(site.section(), offset, site.address(), now, next, context.key(), context.site(), "", "");
        if (isInTarget(site) && !edit.changes()) {
            draft.edits().add(edit); // claimed, and told as left
        } else {
            add(edit);
        }
        changesCalls |= !(target instanceof ResolvedTarget.Default);
    }

    /// What stands at a site; null if it is nothing that the linker or a patch put there.
    private @Nullable Instruction present(Site site) {
        Instruction present = linked.image().instructionAt(site);
        boolean isKnown = switch (present) {
            case null -> false;
            case Instruction.Branch branch ->
                branch.destination() == site.leads().value()
                        || linked.functions().startsAt(branch.destination())
                        || linked.linkage().nameAt(branch.destination()) != null
                        || linked.veneers().at(branch.destination()) != null;
            case Instruction.PointerBranch branch ->
                branch.slot() == site.leads().value();
            case Instruction.Emptied _ -> true;
            case Instruction.Reference _ -> false;
        };
        return isKnown ? present : null;
    }

    private byte[] next(Site site, ResolvedTarget target, Instruction present, byte[] now, ErrorContext context)
            throws PlanException {
        try {
            return switch (target) {
                case ResolvedTarget.Default() -> linked.architecture().restore(original(site), now);
                case ResolvedTarget.Code code ->
                    leadsTo(present, code.address())
                            ? now
                            : linked.architecture()
                                    .encode(original(site), now, new Outcome.To(code.address()), linked.veneers());
                case ResolvedTarget.Empty empty ->
                    does(present, empty.outcome())
                            ? now
                            : linked.architecture().encode(original(site), now, empty.outcome(), linked.veneers());
                case ResolvedTarget.Imported imported -> throughSlot(site, imported, now, context);
            };
        } catch (OutOfRange e) {
            throw context.fails(e);
        }
    }

    /// A call through a pointer follows the pointer.
    private byte[] throughSlot(Site site, ResolvedTarget.Imported imported, byte[] now, ErrorContext context)
            throws PlanException, OutOfRange {
        if (site.kind() != SiteKind.POINTER_CALL && site.kind() != SiteKind.POINTER_JUMP) {
            throw context.fails("the imported function " + imported.text()
                    + " has no entry in the procedure linkage table to lead to; build without -fno-plt, or call it"
                    + " somewhere directly");
        }
        return linked.architecture().restore(original(site), now);
    }

    private static Instruction original(Site site) {
        long address = site.address().value();
        long leads = site.leads().value();
        return switch (site.kind()) {
            case CALL, JUMP, CONDITIONAL_JUMP -> new Instruction.Branch(site.kind(), address, site.length(), leads);
            case POINTER_CALL, POINTER_JUMP ->
                new Instruction.PointerBranch(site.kind(), address, site.length(), leads);
            case ADDRESS, POINTER_LOAD, GOT_SLOT, DATA_POINTER ->
                throw new IllegalArgumentException(site.kind() + " is no branch");
        };
    }

    private boolean leadsTo(@Nullable Instruction present, long address) {
        Long destination = LinkedFile.destination(present);
        if (destination == null || destination == address) {
            return destination != null;
        }
        VeneerAllocator.Veneer veneer = linked.veneers().at(destination);
        return veneer != null && veneer.outcome().equals(new Outcome.To(address)) && keeps(veneer);
    }

    private boolean does(@Nullable Instruction present, Outcome outcome) {
        if (present instanceof Instruction.Emptied emptied) {
            return emptied.outcome().equals(outcome);
        }
        Long destination = LinkedFile.destination(present);
        VeneerAllocator.Veneer veneer =
                destination == null ? null : linked.veneers().at(destination);
        return veneer != null && veneer.outcome().equals(outcome) && keeps(veneer);
    }

    private boolean keeps(VeneerAllocator.Veneer veneer) {
        linked.veneers().keep(veneer);
        return true;
    }

    /// A slot that the loader fills with the address of an import.
    private void slot(Site site) throws PlanException {
        long slot = site.address().value();
        ErrorContext context = change.context().at(site);
        boolean isJumpSlot = linked.words().isJumpSlot(slot);
        if (isJumpSlot && hasBranches() && !isBackOfPatched(slot)) {
            return; // only its entry in the procedure linkage table reads it, and the calls of that are patched
            // themselves
        }
        if (linked.words().isChosen(slot)) {
            unchanged.add(new UnchangedSite(
                    context.site(), "the function chooses another one for it when the program starts"));
            return;
        }
        requireUnused(slot, context);
        if (isJumpSlot) {
            linkage(site, context);
        } else if (keptSlots.contains(slot)) {
            unchanged.add(new UnchangedSite(
                    context.site(), "the target itself calls through it, and so reaches the default"));
            word(site, new ResolvedTarget.Default(), context);
        } else {
            word(site, change.target(), context);
        }
    }

    private boolean hasBranches() {
        return change.patchable().sites().stream().anyMatch(SitePlanner::isBranch);
    }

    /// Whether an entry gets its default back that was patched when its calls were not known.
    private boolean isBackOfPatched(long slot) {
        return change.target() instanceof ResolvedTarget.Default
                && linked.linkage().jumpOf(slot) != null;
    }

    /// Nothing that is to lead to an import may be led elsewhere by a patch of that import.
    private void requireUnused(long slot, ErrorContext context) throws PlanException {
        Long entry = linked.linkage().entryAt(slot);
        boolean isTarget = entry != null
                && !(change.target() instanceof ResolvedTarget.Default)
                && (draft.targets().contains(entry) || linked.isUsed(entry, draft.touched()));
        if (isTarget) {
            throw context.fails(
                    "another patchable leads to " + change.patchable().key()
                            + " by its entry in the procedure linkage table, which would lead elsewhere too; lead that"
                            + " one elsewhere first");
        }
    }

    private static boolean isBranch(Site site) {
        return site.kind() == SiteKind.CALL || site.kind() == SiteKind.JUMP || site.kind() == SiteKind.CONDITIONAL_JUMP;
    }

    private void linkage(Site site, ErrorContext context) throws PlanException {
        LinkageJump jump = linked.linkage().jumpOf(site.address().value());
        if (jump == null) {
            throw context.fails("its entry in the procedure linkage table has a form that cannot be patched");
        }
        ErrorContext entry = context.at("entry in the procedure linkage table at " + new Address(jump.address()));
        byte[] now = jump.now();
        Instruction present = jump.present();
        try {
            byte[] next = switch (change.target()) {
                case ResolvedTarget.Default() -> jump.original();
                case ResolvedTarget.Code code ->
                    leadsTo(present, code.address())
                            ? now
                            : jump.encode(new Outcome.To(code.address()), linked.veneers());
                case ResolvedTarget.Empty empty ->
                    does(present, empty.outcome()) ? now : jump.encode(empty.outcome(), linked.veneers());
                case ResolvedTarget.Imported imported ->
                    throw entry.fails("the imported function " + imported.text() + " has no entry there to lead to");
            };
            touch(site.address().value(), LinkedFile.destination(present));
            add(jump.edit(now, next, entry));
        } catch (OutOfRange e) {
            throw entry.fails(e);
        }
    }

    private void pointer(Site site) throws PlanException {
        ErrorContext context = change.context().at(site);
        if (linked.words().isChosen(site.address().value())) {
            unchanged.add(new UnchangedSite(
                    context.site(), "the function chooses another one for it when the program starts"));
        } else {
            word(site, change.target(), context);
        }
    }

    /// A word of data: a slot, or a pointer.
    private void word(Site site, ResolvedTarget target, ErrorContext context) throws PlanException {
        word(site, change.patchable().key(), target, context);
    }

    /// @param key of the function whose address the word holds by default
    private void word(Site site, NativeKey key, ResolvedTarget target, ErrorContext context) throws PlanException {
        long word = site.address().value();
        RelocatedWords words = linked.words();
        Long before = switch (words.held(word)) {
            case RelocatedWords.Held.Code(long address) when linked.image().codeAt(address) != null -> (Long) address;
            case RelocatedWords.Held.Symbol _ -> null;
            case RelocatedWords.Held.Code _, RelocatedWords.Held.Other _ ->
                throw context.fails("no function is stored there; the table of sites is that of" + " another file");
        };
        Edit edit = switch (target) {
            case ResolvedTarget.Default() -> words.restore(key, site, context);
            case ResolvedTarget.Code code -> words.point(word, code, context);
            case ResolvedTarget.Imported imported -> words.point(word, imported, context);
            case ResolvedTarget.Empty empty -> words.point(word, veneer(empty, before, context), context);
        };
        touch(word, before);
        add(edit);
    }

    private ResolvedTarget.Code veneer(ResolvedTarget.Empty empty, @Nullable Long before, ErrorContext context)
            throws PlanException {
        VeneerAllocator.Veneer standing =
                before == null ? null : linked.veneers().at(before);
        if (standing != null && standing.outcome().equals(empty.outcome()) && keeps(standing)) {
            return new ResolvedTarget.Code(empty.text(), standing.address(), 0);
        }
        try {
            return new ResolvedTarget.Code(
                    empty.text(), linked.veneers().veneer(empty.outcome(), 0, Long.MAX_VALUE), 0);
        } catch (OutOfRange e) {
            throw context.fails(e);
        }
    }

    /// The pointer itself: whoever reads it gets the new function too.
    private void stored(Patchable patchable) throws PlanException {
        long address = patchable.address().value();
        PointerVariables.Pointer pointer = linked.pointers().at(address);
        if (pointer != null) {
            Site site = pointer.site();
            ErrorContext context = change.context().at(site);
            if (linked.words().isChosen(address)) {
                unchanged.add(
                        new UnchangedSite(context.site(), "the function that it starts with chooses another one then"));
            } else {
                word(site, pointer.function(), change.target(), context);
            }
        } else if (!(change.target() instanceof ResolvedTarget.Default)) {
            unchanged.add(new UnchangedSite(
                    patchable.key() + " at " + patchable.address(),
                    "the file gives it no function to start with; its calls change, what the program stores in"
                            + " it does not"));
        }
    }

    /// Uses that no patch changes.
    private void tellReferences(Patchable patchable) {
        if (change.target() instanceof ResolvedTarget.Default) {
            return;
        }
        for (Site site : patchable.sites()) {
            if (site.kind() == SiteKind.ADDRESS) {
                unchanged.add(new UnchangedSite(
                        ErrorContext.describe(site),
                        patchable.kind() == PatchableKind.POINTER
                                ? "it takes the address of the pointer, and may store another function in it"
                                : "it takes the address of the default; calls through that reach the default"));
            } else if (site.kind() == SiteKind.POINTER_LOAD
                    && !draft.touched().contains(site.leads().value())) {
                unchanged.add(new UnchangedSite(ErrorContext.describe(site), "it reads a pointer that stays as it is"));
            }
        }
    }

    /// Uses that are no sites.
    private void tellRejections(Patchable patchable) {
        if (!(change.target() instanceof ResolvedTarget.Default)) {
            linked.table().rejectionsOf(patchable.key()).forEach(reason -> unchanged.add(UnchangedSite.uses(reason)));
        }
    }

    private void touch(long address, @Nullable Long before) {
        draft.touched().add(address);
        if (before != null) {
            draft.abandoned().add(before);
        }
    }

    private void add(Edit edit) throws PlanException {
        draft.edits().add(edit);
        if (edit.changes()) {
            changed++;
        } else {
            alreadySet++;
        }
    }
}
