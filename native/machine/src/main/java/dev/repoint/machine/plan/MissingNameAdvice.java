package dev.repoint.machine.plan;

import dev.repoint.elf.ElfFile;
import dev.repoint.machine.mangling.NearNames;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.SiteTable;
import java.util.Collection;

/// Says what helps where a file does not have what was named.
final class MissingNameAdvice {

    private MissingNameAdvice() {}

    /// The end of a message about a name.
    ///
    /// @param name what was not found
    /// @param candidates what it might have meant
    /// @return what follows "... in this file"
    static String advice(ElfFile file, SiteTable table, String name, Collection<String> candidates) {
        return isStripped(file, table)
                ? ", which is stripped; take the table that was collected before (repoint table, --table), the"
                        + " folder of its debug file (--debug-dir), or the function's address (repoint sites --entries)"
                : NearNames.question(name, candidates);
    }

    /// Whether the file and its table know no symbols but those of the loader.
    private static boolean isStripped(ElfFile file, SiteTable table) {
        return file.symbols().size() <= 1
                && table.patchables().stream().allMatch(each -> each.isImported() || isOfLoader(file, each));
    }

    private static boolean isOfLoader(ElfFile file, Patchable each) {
        return !file.dynamicSymbols().named(each.key().symbol()).isEmpty();
    }
}
