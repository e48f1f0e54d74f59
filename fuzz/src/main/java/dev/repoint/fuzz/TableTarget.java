package dev.repoint.fuzz;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.machine.table.TableFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;

/// The reader of tables: any bytes are a format error, or a table that can be written again.
public final class TableTarget {

    /// As `docs/table-format.md` has them: without the right checksum the fuzzer would never see more than the
    /// header.
    private static final int CHECKSUM_AT = 12;
    private static final int CHECKED_FROM = 16;

    private TableTarget() {}

    /// Reads bytes as a table: as they are, and with the checksum and the length that they should have.
    public static void fuzzerTestOneInput(byte[] bytes) {
        read(bytes);
        if (bytes.length >= CHECKED_FROM + Long.BYTES) {
            ByteBuffer whole = ByteBuffer.wrap(bytes.clone()).order(ByteOrder.LITTLE_ENDIAN);
            whole.putLong(CHECKED_FROM, bytes.length);
            CRC32 checksum = new CRC32();
            checksum.update(whole.array(), CHECKED_FROM, bytes.length - CHECKED_FROM);
            read(whole.putInt(CHECKSUM_AT, (int) checksum.getValue()).array());
        }
    }

    private static void read(byte[] bytes) {
        try {
            byte[] written = TableFile.bytes(TableFile.of("fuzzed", bytes));
            Expect.that(
                    Arrays.equals(TableFile.bytes(TableFile.of("written", written)), written),
                    "the same table after it was written and read");
        } catch (ElfFormatException refused) {
            Expect.oneLine(refused);
        }
    }
}
