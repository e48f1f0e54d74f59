package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.Site;
import java.util.List;

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
    private final KeyPlan.Draft sites;
    private final InstructionPlanner instructions;
    private final WordPlanner words;

    SitePlanner(LinkedFile linked, ResolvedChange change, PlanDraft draft) {
        this.linked = linked;
        this.change = change;
        this.draft = draft;
        this.sites = new KeyPlan.Draft(draft.edits());
        this.instructions = new InstructionPlanner(linked, change, draft, sites);
        this.words = new WordPlanner(linked, change, draft, sites, instructions);
    }

    /// Adds the edits of all sites, and reports the rest.
    KeyPlan plan() throws PlanException {
        Patchable patchable = change.patchable();
        linked.veneers().askedBy(change.context());
        change.notes().forEach(sites::stays);
        for (Site site : patchable.sites()) {
            switch (site.kind()) {
                case CALL, JUMP, CONDITIONAL_JUMP, POINTER_CALL, POINTER_JUMP -> instructions.plan(site);
                case GOT_SLOT -> words.slot(site);
                case DATA_POINTER -> words.pointer(site);
                case ADDRESS, POINTER_LOAD -> {} // reported at the end, when it is known what changed
            }
        }
        if (patchable.kind() == PatchableKind.POINTER) {
            words.stored(patchable);
        }
        reportReferences(patchable);
        reportRejections(patchable);
        boolean isDoubtful = instructions.changesCalls()
                && patchable.safety() == Safety.PLAIN
                && patchable.kind() == PatchableKind.FUNCTION;
        String key = change.context().key();
        return sites.plan(
                key,
                change.target().text(),
                patchable.safety(),
                isDoubtful ? List.of(key + " is not safe to patch: " + patchable.caution()) : List.of());
    }

    /// Uses that no patch changes.
    private void reportReferences(Patchable patchable) {
        if (change.isDefault()) {
            return;
        }
        for (Site site : patchable.sites()) {
            if (site.kind() == SiteKind.ADDRESS) {
                sites.stays(new UnchangedSite(
                        ErrorContext.describe(site),
                        patchable.kind() == PatchableKind.POINTER
                                ? "it takes the address of the pointer, and may store another function in it"
                                : "it takes the address of the default; calls through that reach the default"));
            } else if (site.kind() == SiteKind.POINTER_LOAD
                    && !draft.touched().contains(site.leads().value())) {
                sites.stays(new UnchangedSite(ErrorContext.describe(site), "it reads a pointer that stays as it is"));
            }
        }
    }

    /// Uses that are no sites.
    private void reportRejections(Patchable patchable) {
        if (!change.isDefault()) {
            linked.table().rejectionsOf(patchable.key()).forEach(reason -> sites.stays(UnchangedSite.uses(reason)));
        }
    }
}
