package dev.repoint.elf.raw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BytesTest {

    @Test
    void numbersAreLittleEndianAndUnsignedWhereTheySaySo() {
        Bytes bytes = Bytes.of(MemorySegment.ofArray(new byte[] {-1, -2, -3, -4, -5, -6, -7, -8, 9}));
        assertThat(bytes.u8(0)).isEqualTo(0xff);
        assertThat(bytes.u16(0)).isEqualTo(0xfeff);
        assertThat(bytes.s32(0)).isEqualTo(0xfcfdfeff);
        assertThat(bytes.u32(0)).isEqualTo(0xfcfdfeffL);
        assertThat(bytes.s64(1)).isEqualTo(0x09f8f9fafbfcfdfeL);
    }

    @Test
    void aRangeIsInsideOnlyIfItIsWhole() {
        Bytes bytes = Bytes.of(MemorySegment.ofArray(new byte[10]));
        assertThat(bytes.has(0, 10)).isTrue();
        assertThat(bytes.has(10, 0)).isTrue();
        assertThat(bytes.has(10, 1)).isFalse();
        assertThat(bytes.has(11, 0)).isFalse();
        assertThat(bytes.has(-1, 1)).isFalse();
        assertThat(bytes.has(1, -1)).isFalse();
        assertThat(bytes.has(1, Long.MAX_VALUE)).isFalse();
        assertThat(bytes.has(Long.MAX_VALUE, Long.MAX_VALUE)).isFalse();
    }

    @Test
    void theFirstZeroIsFoundAtEveryPlace() {
        for (int length = 0; length < 40; length++) {
            for (int start = 0; start < 9; start++) {
                byte[] text = new byte[60];
                // 0x80 and 0x01 are what confuses such searches.
                for (int i = 0; i < text.length; i++) {
                    text[i] = (byte) (i % 3 == 0 ? 0x80 : i % 3 == 1 ? 0x01 : 0xff);
                }
                text[start + length] = 0;
                text[start + length + 1] = 1;
                Bytes bytes = Bytes.of(MemorySegment.ofArray(text));
                assertThat(bytes.lengthToZero(start, text.length)).isEqualTo(length);
                assertThat(bytes.lengthToZero(start, start + length)).isEqualTo(length);
                assertThat(bytes.lengthToZero(start, start + length / 2)).isEqualTo(length / 2);
            }
        }
    }

    @Test
    void aPartCountsFromItsStart() {
        Bytes part = Bytes.of(ByteBuffer.wrap(new byte[] {0, 1, 2, 3, 4})).part(2, 2);
        assertThat(part.size()).isEqualTo(2);
        assertThat(part.u16(0)).isEqualTo(0x0302);
        assertThat(part.segment().isReadOnly()).isTrue();
    }

    @Test
    void numbersAndTextsCrossTheBordersOfTheBuffersBelow(@TempDir Path folder) throws IOException {
        long border = 1L << 30;
        byte[] text = "across the border".getBytes(StandardCharsets.UTF_8);
        Set<StandardOpenOption> options = Set.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(folder.resolve("large"), options);
                Arena arena = Arena.ofConfined()) {
            channel.write(ByteBuffer.wrap(text), border - 8);
            channel.write(ByteBuffer.wrap(text), 2 * border - 15);
            channel.write(ByteBuffer.wrap(new byte[] {7}), 2 * border + 15);
            Bytes bytes = Bytes.of(channel.map(MapMode.READ_ONLY, 0, channel.size(), arena));
            assertThat(bytes.size()).isEqualTo(2 * border + 16);
            assertThat(bytes.s64(border - 3))
                    .isEqualTo(Bytes.of(ByteBuffer.wrap(text)).s64(5));
            assertThat(bytes.s32(border - 1))
                    .isEqualTo(Bytes.of(ByteBuffer.wrap(text)).s32(7));
            assertThat(bytes.text(border - 8, text.length)).isEqualTo("across the border");
            assertThat(bytes.array(2 * border - 15, text.length)).isEqualTo(text);
            assertThat(bytes.lengthToZero(border - 8, bytes.size())).isEqualTo(text.length);
            assertThat(bytes.u8(2 * border + 15)).isEqualTo(7);
            assertThat(Arrays.equals(bytes.array(border - 8, 8), Arrays.copyOf(text, 8)))
                    .isTrue();
        }
    }
}
