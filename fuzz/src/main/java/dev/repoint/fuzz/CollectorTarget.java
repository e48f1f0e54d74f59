package dev.repoint.fuzz;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.machine.table.TableFile;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/// The collector: any file that can be read has a table, which is the same after it was written and read.
public final class CollectorTarget {

    private CollectorTarget() {}

    /// Reads bytes as a file, and collects its sites.
    public static void fuzzerTestOneInput(byte[] bytes) {
        ElfFile file;
        try {
            file = ElfFile.of("fuzzed", MemorySegment.ofArray(bytes));
        } catch (ElfFormatException refused) {
            return;
        }
        SiteTable table = Collector.collect(file);
        // Only a file with a build id can be told from others, so only its table is ever written.
        if (table.buildId().isEmpty() || !file.type().isLinked()) {
            return;
        }
        try {
            // What sites do at present is not in it: that is read of the file, each time.
            byte[] written = TableFile.bytes(table);
            Expect.that(
                    Arrays.equals(TableFile.bytes(TableFile.of("table", written)), written),
                    "the same table after it was written and read");
        } catch (ElfException e) {
            throw new AssertionError("the table cannot be read after it was written", e);
        }
    }
}
