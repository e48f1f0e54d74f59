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
/// | slot, data pointer | another relocation or value, see [Words] |
/// | jump slot where no calls are known | another jump in the procedure linkage table, see [LinkageJump] |
/// | address, pointer load | what it was: reported |
///
/// A call inside of the target itself stays: so a target can call the default that it stands in for.
final class SitePlanner {

    private final Linked linked;
    private final Wish wish;
    private final Draft draft;
    private final List<Left> left = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Set<Long> keptSlots = new HashSet<>();
    private int changed;
    private int unchanged;
    private boolean changesCalls;

    SitePlanner(Linked linked, Wish wish, Draft draft) {
        this.linked = linked;
        this.wish = wish;
        this.draft = draft;
    }

    /// Adds the edits of all sites, and tells the rest.
    KeyPlan plan() throws PlanException {
        Patchable patchable = wish.patchable();
        linked.veneers().askedBy(wish.place());
        left.addAll(wish.notes());
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
            warnings.add(wish.place().key() + " is not safe to patch: " + patchable.caution());
        }
        return new KeyPlan(
                wish.place().key(),
                wish.goal().text(),
                patchable.safety(),
                changed,
                unchanged,
                List.of(),
                left,
                warnings);
    }

    private boolean isInTarget(Site site) {
        return wish.goal() instanceof Goal.Code code
                && wish.patchable().kind() == PatchableKind.FUNCTION
                && code.contains(site.address().value());
    }

    private void instruction(Site site) throws PlanException {
        Place place = wish.place().at(site);
        Instruction present = present(site);
        byte[] now = linked.image().bytes(site.address().value(), site.length());
        FileOffset offset = linked.file().offsetOf(site.address()).orElse(null);
        if (present == null || now == null || offset == null) {
            throw place.fails("the bytes there are not those that a linker or a patch left; "
                    + "the table of sites is that of another file");
        }
        Goal goal = wish.goal();
        if (isInTarget(site)) {
            left.add(new Left(place.site(), "it is in the target itself, which so reaches the default"));
            goal = new Goal.Back();
        }
        byte[] next = next(site, goal, present, now, place);
        touch(site.address().value(), Linked.destination(present));
        Edit edit = new Edit(site.section(), offset, site.address(), now, next, place.key(), place.site(), "", "");
        if (isInTarget(site) && !edit.changes()) {
            draft.edits().add(edit); // claimed, and told as left
        } else {
            add(edit);
        }
        changesCalls |= !(goal instanceof Goal.Back);
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

    private byte[] next(Site site, Goal goal, Instruction present, byte[] now, Place place) throws PlanException {
        try {
            return switch (goal) {
                case Goal.Back() -> linked.architecture().restore(original(site), now);
                case Goal.Code code ->
                    leadsTo(present, code.address())
                            ? now
                            : linked.architecture()
                                    .encode(original(site), now, new Outcome.To(code.address()), linked.veneers());
                case Goal.Empty empty ->
                    does(present, empty.outcome())
                            ? now
                            : linked.architecture().encode(original(site), now, empty.outcome(), linked.veneers());
                case Goal.Imported imported -> throughSlot(site, imported, now, place);
            };
        } catch (OutOfRange e) {
            throw place.fails(e);
        }
    }

    /// A call through a pointer follows the pointer.
    private byte[] throughSlot(Site site, Goal.Imported imported, byte[] now, Place place)
            throws PlanException, OutOfRange {
        if (site.kind() != SiteKind.POINTER_CALL && site.kind() != SiteKind.POINTER_JUMP) {
            throw place.fails("the imported function " + imported.text()
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
        Long destination = Linked.destination(present);
        if (destination == null || destination == address) {
            return destination != null;
        }
        VeneerRoom.Veneer veneer = linked.veneers().at(destination);
        return veneer != null && veneer.outcome().equals(new Outcome.To(address)) && keeps(veneer);
    }

    private boolean does(@Nullable Instruction present, Outcome outcome) {
        if (present instanceof Instruction.Emptied emptied) {
            return emptied.outcome().equals(outcome);
        }
        Long destination = Linked.destination(present);
        VeneerRoom.Veneer veneer = destination == null ? null : linked.veneers().at(destination);
        return veneer != null && veneer.outcome().equals(outcome) && keeps(veneer);
    }

    private boolean keeps(VeneerRoom.Veneer veneer) {
        linked.veneers().keep(veneer);
        return true;
    }

    /// A slot that the loader fills with the address of an import.
    private void slot(Site site) throws PlanException {
        long slot = site.address().value();
        Place place = wish.place().at(site);
        boolean isJumpSlot = linked.words().isJumpSlot(slot);
        if (isJumpSlot && hasBranches() && !isBackOfPatched(slot)) {
            return; // only its entry in the procedure linkage table reads it, and the calls of that are patched
            // themselves
        }
        if (linked.words().isChosen(slot)) {
            left.add(new Left(place.site(), "the function chooses another one for it when the program starts"));
            return;
        }
        requireUnused(slot, place);
        if (isJumpSlot) {
            linkage(site, place);
        } else if (keptSlots.contains(slot)) {
            left.add(new Left(place.site(), "the target itself calls through it, and so reaches the default"));
            word(site, new Goal.Back(), place);
        } else {
            word(site, wish.goal(), place);
        }
    }

    private boolean hasBranches() {
        return wish.patchable().sites().stream().anyMatch(SitePlanner::isBranch);
    }

    /// Whether an entry gets its default back that was patched when its calls were not known.
    private boolean isBackOfPatched(long slot) {
        return wish.goal() instanceof Goal.Back && linked.linkage().jumpOf(slot) != null;
    }

    /// Nothing that is to lead to an import may be led elsewhere by a patch of that import.
    private void requireUnused(long slot, Place place) throws PlanException {
        Long entry = linked.linkage().entryAt(slot);
        boolean isTarget = entry != null
                && !(wish.goal() instanceof Goal.Back)
                && (draft.targets().contains(entry) || linked.isUsed(entry, draft.touched()));
        if (isTarget) {
            throw place.fails("another patchable leads to " + wish.patchable().key()
                    + " by its entry in the procedure linkage table, which would lead elsewhere too; lead that one"
                    + " elsewhere first");
        }
    }

    private static boolean isBranch(Site site) {
        return site.kind() == SiteKind.CALL || site.kind() == SiteKind.JUMP || site.kind() == SiteKind.CONDITIONAL_JUMP;
    }

    private void linkage(Site site, Place place) throws PlanException {
        LinkageJump jump = linked.linkage().jumpOf(site.address().value());
        if (jump == null) {
            throw place.fails("its entry in the procedure linkage table has a form that cannot be patched");
        }
        Place entry = place.at("entry in the procedure linkage table at " + new Address(jump.address()));
        byte[] now = jump.now();
        Instruction present = jump.present();
        try {
            byte[] next = switch (wish.goal()) {
                case Goal.Back() -> jump.original();
                case Goal.Code code ->
                    leadsTo(present, code.address())
                            ? now
                            : jump.encode(new Outcome.To(code.address()), linked.veneers());
                case Goal.Empty empty ->
                    does(present, empty.outcome()) ? now : jump.encode(empty.outcome(), linked.veneers());
                case Goal.Imported imported ->
                    throw entry.fails("the imported function " + imported.text() + " has no entry there to lead to");
            };
            touch(site.address().value(), Linked.destination(present));
            add(jump.edit(now, next, entry));
        } catch (OutOfRange e) {
            throw entry.fails(e);
        }
    }

    private void pointer(Site site) throws PlanException {
        Place place = wish.place().at(site);
        if (linked.words().isChosen(site.address().value())) {
            left.add(new Left(place.site(), "the function chooses another one for it when the program starts"));
        } else {
            word(site, wish.goal(), place);
        }
    }

    /// A word of data: a slot, or a pointer.
    private void word(Site site, Goal goal, Place place) throws PlanException {
        word(site, wish.patchable().key(), goal, place);
    }

    /// @param key of the function whose address the word holds by default
    private void word(Site site, NativeKey key, Goal goal, Place place) throws PlanException {
        long word = site.address().value();
        Words words = linked.words();
        Long before = switch (words.held(word)) {
            case Words.Held.Code(long address) when linked.image().codeAt(address) != null -> (Long) address;
            case Words.Held.Symbol _ -> null;
            case Words.Held.Code _, Words.Held.Other _ ->
                throw place.fails("no function is stored there; the table of sites is that of" + " another file");
        };
        Edit edit = switch (goal) {
            case Goal.Back() -> words.restore(key, site, place);
            case Goal.Code code -> words.point(word, code, place);
            case Goal.Imported imported -> words.point(word, imported, place);
            case Goal.Empty empty -> words.point(word, veneer(empty, before, place), place);
        };
        touch(word, before);
        add(edit);
    }

    private Goal.Code veneer(Goal.Empty empty, @Nullable Long before, Place place) throws PlanException {
        VeneerRoom.Veneer standing = before == null ? null : linked.veneers().at(before);
        if (standing != null && standing.outcome().equals(empty.outcome()) && keeps(standing)) {
            return new Goal.Code(empty.text(), standing.address(), 0);
        }
        try {
            return new Goal.Code(empty.text(), linked.veneers().veneer(empty.outcome(), 0, Long.MAX_VALUE), 0);
        } catch (OutOfRange e) {
            throw place.fails(e);
        }
    }

    /// The pointer itself: whoever reads it gets the new function too.
    private void stored(Patchable patchable) throws PlanException {
        long address = patchable.address().value();
        Pointers.Pointer pointer = linked.pointers().at(address);
        if (pointer != null) {
            Site site = pointer.site();
            Place place = wish.place().at(site);
            if (linked.words().isChosen(address)) {
                left.add(new Left(place.site(), "the function that it starts with chooses another one then"));
            } else {
                word(site, pointer.function(), wish.goal(), place);
            }
        } else if (!(wish.goal() instanceof Goal.Back)) {
            left.add(new Left(
                    patchable.key() + " at " + patchable.address(),
                    "the file gives it no function to start with; its calls change, what the program stores in"
                            + " it does not"));
        }
    }

    /// Uses that no patch changes.
    private void tellReferences(Patchable patchable) {
        if (wish.goal() instanceof Goal.Back) {
            return;
        }
        for (Site site : patchable.sites()) {
            if (site.kind() == SiteKind.ADDRESS) {
                left.add(new Left(
                        Place.describe(site),
                        patchable.kind() == PatchableKind.POINTER
                                ? "it takes the address of the pointer, and may store another function in it"
                                : "it takes the address of the default; calls through that reach the default"));
            } else if (site.kind() == SiteKind.POINTER_LOAD
                    && !draft.touched().contains(site.leads().value())) {
                left.add(new Left(Place.describe(site), "it reads a pointer that stays as it is"));
            }
        }
    }

    /// Uses that are no sites.
    private void tellRejections(Patchable patchable) {
        if (!(wish.goal() instanceof Goal.Back)) {
            linked.table().rejectionsOf(patchable.key()).forEach(reason -> left.add(Left.uses(reason)));
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
            unchanged++;
        }
    }
}
