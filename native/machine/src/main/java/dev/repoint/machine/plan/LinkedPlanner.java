package dev.repoint.machine.plan;

import dev.repoint.elf.function.DebugFiles;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.choice.SiteCoverage;
import dev.repoint.machine.diversion.DivertedFile;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;

/// Plans the patch of a program or a shared library.
///
/// 1. Find the patchables and the targets that the changes name.
/// 2. Decide about each of their sites, and compare with what stands there.
/// 3. Decide about the entries of the functions that are patched there: [DiversionPlanner].
/// 4. Put veneers where sites need them, and take back those that no site uses any more.
final class LinkedPlanner {

    private final LinkedFile linked;
    private final PlanDraft draft;

    private final DivertedFile diverted;
    private final DiversionPlanner entries;

    LinkedPlanner(DivertedFile diverted, SiteTable table, PatchChoice choice, DebugFiles search) {
        this.linked = new LinkedFile(diverted.original(), table);
        this.draft = PlanDraft.of(diverted.file().name());
        this.diverted = diverted;
        this.entries = new DiversionPlanner(linked, diverted.diversions(), choice, search);
    }

    Plan plan(List<Change> changes) throws PlanException {
        ChangeResolver resolver = new ChangeResolver(linked);
        List<List<ResolvedChange>> resolved = new ArrayList<>();
        List<Boolean> isEntry = new ArrayList<>();
        for (Change change : changes) {
            isEntry.add(entries.takes(change));
            boolean hasSites = !isEntry.getLast() || entries.alsoHasSites(change);
            List<ResolvedChange> of = hasSites ? resolver.of(change) : List.of();
            of.forEach(this::remember);
            resolved.add(of);
        }
        List<KeyPlan> keys = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            if (isEntry.get(i)) {
                keys.add(entries.plan(changes.get(i)));
            }
            List<KeyPlan> of = new ArrayList<>();
            for (ResolvedChange each : resolved.get(i)) {
                requireRelocations(each);
                of.add(new SitePlanner(linked, each, draft).plan());
            }
            if (!isEntry.get(i)) {
                requireSites(changes.get(i), of);
            }
            keys.addAll(of);
        }
        draft.edits().addAll(linked.veneers().edits(unused()));
        DiversionEdits edits =
                DiversionEdits.of(diverted, entries, changes.getFirst().key().text());
        draft.edits().addAll(edits.edits());
        return result(keys, edits);
    }

    private void remember(ResolvedChange change) {
        if (change.target() instanceof ResolvedTarget.Code code) {
            draft.targets().add(code.address());
        }
    }

    private Plan result(List<KeyPlan> keys, DiversionEdits entry) {
        List<String> warnings = new ArrayList<>(entries.warnings());
        if (linked.veneers().usesTail()) {
            warnings.add(
                    "a veneer stands behind the last section, where strip does not keep it; strip before, and patch"
                            + " the stripped file with its table");
        }
        List<Edit> changing = new ArrayList<>(entry.growth());
        changing.addAll(draft.edits().changing());
        List<Edit> shown = new ArrayList<>(changing);
        shown.addAll(entry.givenBack());
        return new Plan(
                linked.file().name(),
                KeyPlan.complete(keys, shown),
                entry.restored(),
                changing,
                warnings,
                linked.architecture(),
                linked::name);
    }

    /// A change that finds nothing to change is an error.
    private void requireSites(Change change, List<KeyPlan> of) throws PlanException {
        int sites = 0;
        List<UnchangedSite> unchanged = new ArrayList<>();
        for (KeyPlan key : of) {
            sites += key.changed() + key.alreadySet();
            unchanged.addAll(key.unchangedSites());
        }
        if (sites > 0) {
            return;
        }
        ErrorContext context =
                ErrorContext.of(linked.file().name(), change.key().text());
        if (!unchanged.isEmpty()) {
            throw context.fails((unchanged.size() == 1
                            ? "its only use cannot be redirected: "
                            : "none of its " + unchanged.size() + " uses can be redirected: ")
                    + unchanged.getFirst().site() + ": " + unchanged.getFirst().reason());
        }
        String gap = linked.table().gaps().isEmpty()
                ? ""
                : ": " + linked.table().gaps().getFirst();
        throw context.fails("nothing is known to use it" + gap);
    }

    /// Where no relocations of code were kept, only pointers to a function are known, and all its calls would
    /// be left.
    private void requireRelocations(ResolvedChange resolved) throws PlanException {
        Patchable patchable = resolved.patchable();
        boolean isOwn = patchable.kind() == PatchableKind.FUNCTION && !patchable.isImported();
        if (isOwn
                && !(resolved.target() instanceof ResolvedTarget.Default)
                && !SiteCoverage.namesCalls(linked.table())) {
            throw resolved.context()
                    .fails("the file has no relocations of code, so its calls are not known; link it with"
                            + " -Wl,--emit-relocs, and compile it with -ffunction-sections; or patch its entry"
                            + " (--by entry)");
        }
    }

    /// The veneers that changed sites used, and that no site uses any more.
    private List<VeneerAllocator.Veneer> unused() {
        List<VeneerAllocator.Veneer> unused = new ArrayList<>();
        for (long address : draft.abandoned()) {
            VeneerAllocator.Veneer veneer = linked.veneers().at(address);
            if (veneer != null && !linked.veneers().isKept(veneer)) {
                unused.add(veneer);
            }
        }
        unused.removeIf(veneer -> linked.isUsed(veneer.address(), draft.touched()));
        return unused;
    }
}
