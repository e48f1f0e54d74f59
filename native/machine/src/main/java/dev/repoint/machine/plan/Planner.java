package dev.repoint.machine.plan;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.elf.function.DebugFiles;
import dev.repoint.machine.choice.PatchChoice;
import dev.repoint.machine.diversion.DivertedFile;
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
        requireChanges(changes);
        requireTableOf(file, table, changes.getFirst());
        return file.type() == ElfType.RELOCATABLE
                ? new ObjectPlanner(file, table).plan(changes)
                : plan(read(file, changes.getFirst()), table, changes, PatchChoice.SITES, DebugFiles.none());
    }

    /// Plans a patch of sites and entries.
    ///
    /// @param file    to be patched, linked
    /// @param table   the sites of [its original][DivertedFile#original]
    /// @param changes at least one
    /// @param search  where names of functions are looked for
    /// @throws PlanException as for the other one; or if a function cannot be diverted at its entry
    public static Plan plan(
            DivertedFile file, SiteTable table, List<Change> changes, PatchChoice choice, DebugFiles search)
            throws PlanException {
        requireChanges(changes);
        requireTableOf(file.file(), table, changes.getFirst());
        return new LinkedPlanner(file, table, choice, search).plan(changes);
    }

    private static void requireChanges(List<Change> changes) {
        if (changes.isEmpty()) {
            throw new IllegalArgumentException("a patch without changes");
        }
    }

    private static DivertedFile read(ElfFile file, Change change) throws PlanException {
        try {
            return DivertedFile.of(file);
        } catch (ElfException e) {
            throw ErrorContext.of(file.name(), change.key().text()).fails(String.valueOf(e.getMessage()));
        }
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
