package dev.repoint.machine.plan;

import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.SiteKind;
import dev.repoint.machine.site.NativeKey;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Plans the words among the sites of one patchable: slots that the loader fills, and pointers.
final class WordPlanner {

    private final LinkedFile linked;
    private final ResolvedChange change;
    private final PlanDraft draft;
    private final KeyPlan.Draft sites;
    private final InstructionPlanner instructions;
    private final Set<Long> keptSlots = new HashSet<>();

    WordPlanner(
            LinkedFile linked,
            ResolvedChange change,
            PlanDraft draft,
            KeyPlan.Draft sites,
            InstructionPlanner instructions) {
        this.linked = linked;
        this.change = change;
        this.draft = draft;
        this.sites = sites;
        this.instructions = instructions;
        for (Site site : change.patchable().sites()) {
            boolean isThroughSlot = site.kind() == SiteKind.POINTER_CALL || site.kind() == SiteKind.POINTER_JUMP;
            if (isThroughSlot && change.isInTarget(site)) {
                keptSlots.add(site.leads().value());
            }
        }
    }

    /// A slot that the loader fills with the address of an import.
    void slot(Site site) throws PlanException {
        long slot = site.address().value();
        ErrorContext context = change.context().at(site);
        boolean isJumpSlot = linked.words().isJumpSlot(slot);
        if (isJumpSlot && hasBranches() && !isBackOfPatched(slot)) {
            return; // only its entry in the procedure linkage table reads it, and the calls of that are patched
            // themselves
        }
        if (linked.words().isChosen(slot)) {
            sites.stays(context, "the function chooses another one for it when the program starts");
            return;
        }
        requireUnused(slot, context);
        if (isJumpSlot) {
            instructions.linkage(site, context);
        } else if (keptSlots.contains(slot)) {
            sites.stays(context, "the target itself calls through it, and so reaches the default");
            word(site, new ResolvedTarget.Default(), context);
        } else {
            word(site, change.target(), context);
        }
    }

    private boolean hasBranches() {
        return change.patchable().sites().stream().anyMatch(WordPlanner::isBranch);
    }

    /// Whether an entry gets its default back that was patched when its calls were not known.
    private boolean isBackOfPatched(long slot) {
        return change.isDefault() && linked.linkage().jumpOf(slot) != null;
    }

    /// A patch of an import must not redirect patchables whose target is that import.
    private void requireUnused(long slot, ErrorContext context) throws PlanException {
        Long entry = linked.linkage().entryAt(slot);
        boolean isTarget = entry != null
                && !change.isDefault()
                && (draft.targets().contains(entry) || linked.isUsed(entry, draft.touched()));
        if (isTarget) {
            throw context.fails("another patchable has " + change.patchable().key()
                    + " as its target, by an entry in the procedure linkage table that this patch would"
                    + " redirect too; redirect that patchable first");
        }
    }

    private static boolean isBranch(Site site) {
        return site.kind() == SiteKind.CALL || site.kind() == SiteKind.JUMP || site.kind() == SiteKind.CONDITIONAL_JUMP;
    }

    /// Plans a pointer that the compiler gave the function.
    void pointer(Site site) throws PlanException {
        ErrorContext context = change.context().at(site);
        if (linked.words().isChosen(site.address().value())) {
            sites.stays(context, "the function chooses another one for it when the program starts");
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
        draft.touch(word, before);
        sites.add(edit);
    }

    private ResolvedTarget.Code veneer(ResolvedTarget.Empty empty, @Nullable Long before, ErrorContext context)
            throws PlanException {
        VeneerAllocator.Veneer standing =
                before == null ? null : linked.veneers().at(before);
        if (standing != null
                && standing.outcome().equals(empty.outcome())
                && linked.veneers().keeps(standing)) {
            return new ResolvedTarget.Code(empty.text(), standing.address(), 0);
        }
        try {
            return new ResolvedTarget.Code(
                    empty.text(), linked.veneers().veneer(empty.outcome(), 0, Long.MAX_VALUE), 0);
        } catch (OutOfRange e) {
            throw context.fails(e);
        }
    }

    /// The pointer itself: code that reads it gets the new function too.
    void stored(Patchable patchable) throws PlanException {
        long address = patchable.address().value();
        PointerVariables.Pointer pointer = linked.pointers().at(address);
        if (pointer != null) {
            Site site = pointer.site();
            ErrorContext context = change.context().at(site);
            if (linked.words().isChosen(address)) {
                sites.stays(context, "the function that it starts with chooses another one then");
            } else {
                word(site, pointer.function(), change.target(), context);
            }
        } else if (!change.isDefault()) {
            sites.stays(new UnchangedSite(
                    patchable.key() + " at " + patchable.address(),
                    "the file gives it no function to start with; its calls change, what the program stores in"
                            + " it does not"));
        }
    }
}
