package dev.repoint.cli;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfType;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.site.TableBinding;
import dev.repoint.machine.table.TableFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The table of a native module, for every command that needs one: read from the file that was named, or that
/// lies beside the module and is of the same build; else collected from the module.
final class ModuleTable {

    private ModuleTable() {}

    /// The table.
    ///
    /// @param file  the module
    /// @param elf   what was read from it
    /// @param table the file that `--table` names, or null
    /// @param notices takes why a table beside the module is not used
    /// @throws ElfException if the table that was named cannot be read, or is of another build
    static SiteTable of(Path file, ElfFile elf, @Nullable Path table, Consumer<String> notices) throws ElfException {
        if (table != null) {
            return TableBinding.bind(TableFile.read(table), table.toString(), elf);
        }
        Path beside = TableFile.beside(file);
        if (elf.type() != ElfType.RELOCATABLE && Files.isRegularFile(beside)) {
            try {
                SiteTable found = TableFile.read(beside);
                if (TableBinding.fits(found, elf)) {
                    return TableBinding.bind(found, beside.toString(), elf);
                }
                notices.accept(beside + " is the table of another build, and was not used");
            } catch (ElfException e) {
                notices.accept(beside + " was not used: " + e.getMessage());
            }
        }
        return Collector.collect(elf);
    }
}
