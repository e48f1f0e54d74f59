package dev.repoint.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class FrameTest {

    static final List<List<String>> CONTENTS = List.of(
            List.of(),
            List.of(""),
            List.of("status"),
            List.of("a", "", "b\nc", "äöü €", "\u0000"),
            List.of("x".repeat(100_000)));

    @ParameterizedTest
    @FieldSource("CONTENTS")
    void whatIsWrittenIsRead(List<String> fields) throws IOException {
        assertThat(read(bytes(new Frame(fields)))).isEqualTo(new Frame(fields));
    }

    @Test
    void framesFollowOneAnother() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Frame(List.of("one")).writeTo(out);
        new Frame(List.of("two", "three")).writeTo(out);
        ByteArrayInputStream in = new ByteArrayInputStream(out.toByteArray());

        assertThat(Frame.readFrom(in, 100)).isEqualTo(new Frame(List.of("one")));
        assertThat(Frame.readFrom(in, 100)).isEqualTo(new Frame(List.of("two", "three")));
        assertThatThrownBy(() -> Frame.readFrom(in, 100)).isInstanceOf(EOFException.class);
    }

    @Test
    void otherBytesAreNoFrame() {
        assertThatThrownBy(() -> read("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("0x47455420");
    }

    @Test
    void anotherVersionIsRefusedWithBoth() throws IOException {
        byte[] bytes = bytes(new Frame(List.of("status")));
        ByteBuffer.wrap(bytes).putShort(4, (short) 7);

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageContainingAll("version 7", "version 1");
    }

    @ParameterizedTest
    @FieldSource("LENGTHS")
    void aLengthOutOfBoundsIsRefusedBeforeAnythingIsAllocated(int length) throws IOException {
        byte[] bytes = bytes(new Frame(List.of("status")));
        ByteBuffer.wrap(bytes).putInt(6, length);

        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(FrameException.class)
                .hasMessageContaining("a frame of " + length + " bytes");
    }

    static final List<Integer> LENGTHS = List.of(-1, 0, 3, 1 << 21, Integer.MAX_VALUE, Integer.MIN_VALUE);

    /// Whatever the bytes are, reading ends with a frame or with an [IOException].
    @Test
    void bytesThatWereTamperedWithNeverLeadToAnotherError() throws IOException {
        Random random = new Random(25);
        byte[] whole = bytes(new Frame(List.of("set", "1", "com.acme.Crc.update", "nothing", "/tmp/a.jar")));
        int frames = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Arrays.copyOf(whole, random.nextInt(whole.length + 1));
            for (int flips = random.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                read(bytes);
                frames++;
            } catch (IOException expected) {
                assertThat(expected.getMessage() + "").doesNotContain("\n");
            }
        }
        assertThat(frames).isPositive();
    }

    private static byte[] bytes(Frame frame) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        frame.writeTo(out);
        return out.toByteArray();
    }

    private static Frame read(byte[] bytes) throws IOException {
        return Frame.readFrom(new ByteArrayInputStream(bytes), 1 << 20);
    }
}
