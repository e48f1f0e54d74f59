package dev.repoint.fuzz;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.machine.table.TableFile;

/// The reader of tables: any bytes are a format error, or a table.
public final class TableTarget {

    private TableTarget() {}

    /// Reads bytes as a table.
    public static void fuzzerTestOneInput(byte[] bytes) {
        try {
            TableFile.of("fuzzed", bytes);
        } catch (ElfFormatException refused) {
            Expect.oneLine(refused);
        }
    }
}
