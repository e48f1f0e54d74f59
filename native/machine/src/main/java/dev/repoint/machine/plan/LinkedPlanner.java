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
/// 3. Put veneers where sites need them, and take back those that nothing leads to any more.
final class LinkedPlanner {

    private final Linked linked;
    private final Draft draft;

    LinkedPlanner(ElfFile file, SiteTable table) {
        this.linked = new Linked(file, table);
        this.draft = Draft.of(file.name());
    }

    Plan plan(List<Change> changes) throws PlanException {
        Wishes wishes = new Wishes(linked);
        List<List<Wish>> wished = new ArrayList<>();
        for (Change change : changes) {
            List<Wish> of = wishes.of(change);
            of.forEach(this::remember);
            wished.add(of);
        }
        List<KeyPlan> keys = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            List<KeyPlan> of = new ArrayList<>();
            for (Wish wish : wished.get(i)) {
                requireRelocations(wish);
                of.add(new SitePlanner(linked, wish, draft).plan());
            }
            requireSites(changes.get(i), of);
            keys.addAll(of);
        }
        draft.edits().addAll(linked.veneers().edits(unused()));
        return result(keys);
    }

    private void remember(Wish wish) {
        if (wish.goal() instanceof Goal.Code code) {
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
                EditList.complete(keys, changing),
                changing,
                warnings,
                linked.architecture(),
                linked::name);
    }

    /// A change that finds nothing to change is an error of the one who wishes for it.
    private void requireSites(Change change, List<KeyPlan> of) throws PlanException {
        int sites = 0;
        List<Left> left = new ArrayList<>();
        for (KeyPlan key : of) {
            sites += key.changed() + key.unchanged();
            left.addAll(key.left());
        }
        if (sites > 0) {
            return;
        }
        Place place = Place.of(linked.file().name(), change.key().text());
        if (!left.isEmpty()) {
            throw place.fails((left.size() == 1
                            ? "its only use cannot be pointed elsewhere: "
                            : "none of its " + left.size() + " uses can be pointed elsewhere: ")
                    + left.getFirst().site() + ": " + left.getFirst().reason());
        }
        String gap = linked.table().gaps().isEmpty()
                ? ""
                : ": " + linked.table().gaps().getFirst();
        throw place.fails("nothing is known to use it" + gap);
    }

    /// Where no relocations of code were kept, only pointers to a function are known, and all its calls would
    /// be left.
    private void requireRelocations(Wish wish) throws PlanException {
        Patchable patchable = wish.patchable();
        boolean isOwn = patchable.kind() == PatchableKind.FUNCTION && !patchable.isImported();
        if (isOwn && !(wish.goal() instanceof Goal.Back) && !linked.knowsCalls()) {
            throw wish.place()
                    .fails("the file has no relocations of code, so its calls are not known; link it with "
                            + "-Wl,--emit-relocs, and compile it with -ffunction-sections");
        }
    }

    /// The veneers that changed sites led to, and that no site leads to any more.
    private List<VeneerRoom.Veneer> unused() {
        List<VeneerRoom.Veneer> unused = new ArrayList<>();
        for (long address : draft.abandoned()) {
            VeneerRoom.Veneer veneer = linked.veneers().at(address);
            if (veneer != null && !linked.veneers().isKept(veneer)) {
                unused.add(veneer);
            }
        }
        unused.removeIf(veneer -> linked.isUsed(veneer.address(), draft.touched()));
        return unused;
    }
}
