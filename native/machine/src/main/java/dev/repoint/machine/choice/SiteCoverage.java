package dev.repoint.machine.choice;

import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.PatchableKind;
import dev.repoint.machine.site.Safety;
import dev.repoint.machine.site.SiteTable;

/// How many callers of a patchable its sites are.
public enum SiteCoverage {
    /// Every caller that can be known.
    WHOLE,
    /// Some of them: code takes the address of the function, or calls in its own module are not known.
    PART,
    /// None: relocations do not name the calls of the function.
    NONE;

    /// That of a patchable.
    ///
    /// | patchable | covered |
    /// | --- | --- |
    /// | a pointer; an import or a hook that has sites | whole |
    /// | a function, and the table has instructions, so relocations of code were kept | whole; in part if there are uses that are no sites |
    /// | a function, and it has none | in part by the slots of modules that import it |
    ///
    /// @param table      that has it
    /// @param isImported whether other modules import it, whose slots are sites as well
    public static SiteCoverage of(SiteTable table, Patchable row, boolean isImported) {
        boolean hasSites = row.sites().stream().anyMatch(each -> each.kind().isPatchable());
        if (row.kind() == PatchableKind.POINTER) {
            return WHOLE;
        }
        if (row.isImported() || row.safety() == Safety.HOOK && hasSites) {
            return hasSites ? WHOLE : NONE;
        }
        if (!namesCalls(table)) {
            return isImported ? PART : NONE;
        }
        boolean hasOtherUses = !table.rejectionsOf(row.key()).isEmpty()
                || row.sites().stream().anyMatch(each -> !each.kind().isPatchable());
        if (hasSites || isImported) {
            return hasOtherUses ? PART : WHOLE;
        }
        return NONE;
    }

    /// Whether any instruction is known to use anything. Without kept relocations none is.
    public static boolean namesCalls(SiteTable table) {
        return table.patchables().stream()
                .flatMap(each -> each.sites().stream())
                .anyMatch(site -> site.kind().isInstruction());
    }
}
