package dev.repoint.machine.plan;

import dev.repoint.elf.Address;
import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.Site;
import org.jspecify.annotations.Nullable;

/// Plans the instructions among the sites of one patchable: calls, jumps, and jumps of the procedure linkage
/// table. A call inside of the target itself stays, so that a target can call the default that it stands in for.
final class InstructionPlanner {

    private final LinkedFile linked;
    private final ResolvedChange change;
    private final PlanDraft draft;
    private final KeyPlan.Draft sites;
    private boolean changesCalls;

    InstructionPlanner(LinkedFile linked, ResolvedChange change, PlanDraft draft, KeyPlan.Draft sites) {
        this.linked = linked;
        this.change = change;
        this.draft = draft;
        this.sites = sites;
    }

    /// Whether a call or jump gets another target than the default.
    boolean changesCalls() {
        return changesCalls;
    }

    /// Plans a call or jump.
    void plan(Site site) throws PlanException {
        ErrorContext context = change.context().at(site);
        Instruction present = present(site);
        byte[] now = linked.image().bytes(site.address().value(), site.length());
        FileOffset offset = linked.file().offsetOf(site.address()).orElse(null);
        if (present == null || now == null || offset == null) {
            throw context.fails("the bytes there are not those that a linker or a patch left; "
                    + "the table of sites is that of another file");
        }
        ResolvedTarget target = change.target();
        if (change.isInTarget(site)) {
            sites.stays(context, "it is in the target itself, which so reaches the default");
            target = new ResolvedTarget.Default();
        }
        byte[] next = next(site, target, present, now, context);
        draft.touch(site.address().value(), LinkedFile.destination(present));
        Edit edit = new Edit(site.section(), offset, site.address(), now, next, context.key(), context.site(), "", "");
        if (change.isInTarget(site) && !edit.changes()) {
            draft.edits().add(edit); // claimed, and reported as unchanged
        } else {
            sites.add(edit);
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
                    + " has no entry in the procedure linkage table that calls can use; build without -fno-plt, or"
                    + " call it somewhere directly");
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

    /// Plans the jump of the procedure linkage table that reads a slot.
    void linkage(Site site, ErrorContext context) throws PlanException {
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
                    throw entry.fails(
                            "the imported function " + imported.text() + " has no entry there that calls can use");
            };
            draft.touch(site.address().value(), LinkedFile.destination(present));
            sites.add(jump.edit(now, next, entry));
        } catch (OutOfRange e) {
            throw entry.fails(e);
        }
    }

    private boolean leadsTo(@Nullable Instruction present, long address) {
        Long destination = LinkedFile.destination(present);
        if (destination == null || destination == address) {
            return destination != null;
        }
        VeneerAllocator.Veneer veneer = linked.veneers().at(destination);
        return veneer != null
                && veneer.outcome().equals(new Outcome.To(address))
                && linked.veneers().keeps(veneer);
    }

    private boolean does(@Nullable Instruction present, Outcome outcome) {
        if (present instanceof Instruction.Emptied emptied) {
            return emptied.outcome().equals(outcome);
        }
        Long destination = LinkedFile.destination(present);
        VeneerAllocator.Veneer veneer =
                destination == null ? null : linked.veneers().at(destination);
        return veneer != null
                && veneer.outcome().equals(outcome)
                && linked.veneers().keeps(veneer);
    }
}
