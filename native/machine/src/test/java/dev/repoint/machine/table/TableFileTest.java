package dev.repoint.machine.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.fixtures.Tool;
import dev.repoint.machine.site.Built;
import dev.repoint.machine.site.Collector;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The file of a table: what was written is read again, and nothing else is.
class TableFileTest {

    private static final int HEADER = 24;

    @TempDir
    private Path folder;

    private final SiteTable small = Tables.random(new Random(7), 12);
    private final byte[] bytes = TableFile.bytes(small);

    @Test
    void whatWasWrittenIsReadAgain() throws ElfFormatException {
        Random random = new Random(1);
        for (int round = 0; round < 300; round++) {
            SiteTable table = Tables.random(random, random.nextInt(40));
            byte[] written = TableFile.bytes(table);
            assertThat(TableFile.of("table", written)).isEqualTo(table);
            assertThat(TableFile.bytes(TableFile.of("table", written))).isEqualTo(written);
        }
    }

    @Test
    void theTableOfAProgramGoesThroughAFile() throws IOException {
        SiteTable table = Collector.collect(ElfFile.read(Built.program(folder, Tool.GCC, Built.FLAGS)));
        Path file = TableFile.beside(folder.resolve("program"));
        TableFile.write(table, file);
        TableFile.write(table, file);

        assertThat(file).hasFileName("program.sites");
        assertThat(TableFile.looksLikeTable(file)).isTrue();
        assertThat(TableFile.looksLikeTable(folder.resolve("program"))).isFalse();
        assertThat(TableFile.read(file)).isEqualTo(table);
        try (var files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith(".part"))).isEmpty();
        }
    }

    @Test
    void aTableThatEndsEarlyIsMalformedWhereverItEnds() {
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThatExceptionOfType(ElfFormatException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> TableFile.of("part", part));
            if (length < HEADER) {
                continue;
            }
            sealed(part);
            assertThatExceptionOfType(ElfFormatException.class)
                    .as("%d bytes with the checksum of that", length)
                    .isThrownBy(() -> TableFile.of("part", part))
                    .satisfies(e -> assertThat(e.offset().value()).isBetween((long) HEADER, (long) part.length));
        }
    }

    @Test
    void everyByteThatIsNotAsItWasWrittenIsNoticed() {
        for (int at = 0; at < bytes.length; at++) {
            for (int difference : new int[] {1, 0x80, 0xff}) {
                byte[] changed = bytes.clone();
                changed[at] ^= (byte) difference;
                assertThatExceptionOfType(ElfFormatException.class)
                        .as("byte %d, bits %x", at, difference)
                        .isThrownBy(() -> TableFile.of("changed", changed))
                        .withMessageStartingWith("changed: ");
            }
        }
    }

    @Test
    void withAChecksumThatFitsAChangedByteIsMalformedOrAnotherTable() throws ElfFormatException {
        int refused = 0;
        for (int at = HEADER; at < bytes.length; at++) {
            for (int value : new int[] {0, 1, 2, bytes[at] ^ 1, bytes[at] + 1, bytes[at] | 0x80, 0x7f, 0xff}) {
                byte[] changed = bytes.clone();
                changed[at] = (byte) value;
                sealed(changed);
                try {
                    SiteTable other = TableFile.of("changed", changed);
                    if ((byte) value != bytes[at]) {
                        assertThat(TableFile.of("again", TableFile.bytes(other)))
                                .isEqualTo(other);
                    }
                } catch (ElfFormatException e) {
                    assertThat(e.offset().value()).isBetween((long) HEADER, (long) bytes.length);
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(bytes.length);
    }

    @Test
    void randomBytesWithAHeaderThatFitsAreMalformed() {
        Random random = new Random(3);
        for (int round = 0; round < 20_000; round++) {
            byte[] noise = new byte[HEADER + 1 + random.nextInt(200)];
            random.nextBytes(noise);
            System.arraycopy(bytes, 0, noise, 0, HEADER);
            sealed(noise);
            assertThatExceptionOfType(ElfFormatException.class).isThrownBy(() -> TableFile.of("noise", noise));
        }
    }

    @Test
    void aLaterFormatIsRefusedWithWhatToDo() {
        byte[] later = bytes.clone();
        later[8] = 2;
        assertThatExceptionOfType(ElfFormatException.class)
                .isThrownBy(() -> TableFile.of("later.sites", later))
                .withMessageContainingAll("later.sites", "format 2", "update")
                .satisfies(e -> assertThat(e.offset().value()).isEqualTo(8));
    }

    @Test
    void whatHasNoBuildIdOrIsAnObjectHasNoTableFile() {
        SiteTable anonymous = new SiteTable(
                "a", small.machine(), false, Optional.empty(), small.patchables(), small.rejections(), small.gaps());
        SiteTable object = new SiteTable(
                "a", small.machine(), true, small.buildId(), small.patchables(), small.rejections(), small.gaps());
        assertThatIllegalArgumentException().isThrownBy(() -> TableFile.bytes(anonymous));
        assertThatIllegalArgumentException().isThrownBy(() -> TableFile.bytes(object));
    }

    @Test
    void filesThatCannotBeReadAreNamed() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> TableFile.read(folder.resolve("missing")))
                .withMessage(folder.resolve("missing") + ": there is no such file");
        assertThatExceptionOfType(ElfException.class)
                .isThrownBy(() -> TableFile.read(folder))
                .withMessage(folder + ": not a file but a folder; name a table");
        assertThatExceptionOfType(ElfFormatException.class)
                .isThrownBy(() -> TableFile.read(empty))
                .withMessageStartingWith(empty + ": ");
    }

    /// Makes length and checksum those of the bytes.
    private static void sealed(byte[] table) {
        ByteBuffer header = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
        header.putLong(16, table.length);
        CRC32 checksum = new CRC32();
        checksum.update(table, 16, table.length - 16);
        header.putInt(12, (int) checksum.getValue());
    }
}
