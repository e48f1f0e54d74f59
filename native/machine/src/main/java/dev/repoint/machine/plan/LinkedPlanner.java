package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.SiteTable;
import java.util.ArrayList;
import java.util.List;

/// Plans the patch of a program or a shared library.
///
/// 1. Find the patchables and the targets that the changes name.
/// 2. Decide about each of their sites, and compare with what stands there.
/// 3. Put veneers where sites need them, and take back those that no site uses any more.
final class LinkedPlanner {

    private final LinkedFile linked;
    private final PlanDraft draft;

    LinkedPlanner(ElfFile file, SiteTable table) {
        this.linked = new LinkedFile(file, table);
        this.draft = PlanDraft.of(file.name());
    }

    Plan plan(List<Change> changes) throws PlanException {
        ChangeResolver resolver = new ChangeResolver(linked);
        List<List<ResolvedChange>> resolved = new ArrayList<>();
        for (Change change : changes) {
            List<ResolvedChange> of = resolver.of(change);
            of.forEach(this::remember);
            resolved.add(of);
        }
        List<KeyPlan> keys = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            List<KeyPlan> of = new ArrayList<>();
            for (ResolvedChange each : resolved.get(i)) {
                requireRelocations(each);
                of.add(new SitePlanner(linked, each, draft).plan());
            }
            requireSites(changes.get(i), of);
            keys.addAll(of);
        }
        draft.edits().addAll(linked.veneers().edits(unused()));
        return result(keys);
    }

    private void remember(ResolvedChange change) {
        if (change.target() instanceof ResolvedTarget.Code code) {
            draft.targets().add(code.address());
        }
    }

    private Plan result(List<KeyPlan> keys) {
        List<String> warnings = new ArrayList<>();
        if (linked.veneers().usesTail()) {
            warnings.add(
                    "a veneer stands behind the last section, where strip does not keep it; strip before, and patch"
                            + " the stripped file with its table");
        }
        List<Edit> changing = draft.edits().changing();
        return new Plan(
                linked.file().name(),
                KeyPlan.complete(keys, changing),
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
        if (isOwn && !(resolved.target() instanceof ResolvedTarget.Default) && !linked.knowsCalls()) {
            throw resolved.context()
                    .fails("the file has no relocations of code, so its calls are not known; link it with "
                            + "-Wl,--emit-relocs, and compile it with -ffunction-sections");
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
