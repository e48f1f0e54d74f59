package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.machine.site.SiteTable;
import java.util.List;

/// Turns changes into the edits of a file. Nothing is written; see [FilePatch].
public final class Planner {

    private Planner() {}

    /// Plans a patch as a whole: it can be written as planned, or there is no plan.
    ///
    /// @param file    to be patched; may have been patched before
    /// @param table   its sites: collected from this file, or read for it if it was stripped since
    /// @param changes at least one
    /// @throws PlanException if a key or target is not there, a site cannot do what it is to do, or two changes
    ///     want different things of one site; the message names the first one found
    public static Plan plan(ElfFile file, SiteTable table, List<Change> changes) throws PlanException {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a patch without changes");
        }
        requireTableOf(file, table, changes.getFirst());
        return file.type() == ElfType.RELOCATABLE
                ? new ObjectPlanner(file, table).plan(changes)
                : new LinkedPlanner(file, table).plan(changes);
    }

    private static void requireTableOf(ElfFile file, SiteTable table, Change change) throws PlanException {
        ErrorContext context = ErrorContext.of(file.name(), change.key().text());
        boolean isRelocatable = file.type() == ElfType.RELOCATABLE;
        if (table.machine() != file.machine() || table.relocatable() != isRelocatable) {
            throw context.fails("the table of sites is that of another kind of file (" + table.module() + ")");
        }
        boolean isOfAnotherBuild = table.buildId().isPresent()
                && file.buildId().isPresent()
                && !table.buildId().equals(file.buildId());
        if (isOfAnotherBuild) {
            throw context.fails(
                    "the table of sites is that of the build " + table.buildId().get() + ", and this is "
                            + file.buildId().get() + "; take the table of this build");
        }
    }
}
