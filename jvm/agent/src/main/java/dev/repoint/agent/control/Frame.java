package dev.repoint.agent.control;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// One message on the control socket: a list of strings.
///
/// | bytes | meaning |
/// | --- | --- |
/// | 4 | `RPNT` |
/// | 2 | version of the protocol: [#VERSION] |
/// | 4 | length of what follows, at most [#MAX_LENGTH] |
/// | 4 | number of strings |
/// | 4 + n, for each string | its length in bytes, then UTF-8 |
///
/// Numbers are big endian. The first six bytes stay as they are in every version.
///
/// @param fields the strings
public record Frame(List<String> fields) {

    /// The version of the protocol of this class.
    public static final int VERSION = 1;

    /// The maximum length of a frame, in bytes.
    public static final int MAX_LENGTH = 64 << 20;

    private static final int MAGIC = 0x52504e54; // RPNT

    /// Copies the list.
    public Frame {
        fields = List.copyOf(fields);
    }

    /// Writes the frame in one piece, and flushes.
    ///
    /// @param to the output
    /// @throws IOException if writing fails
    public void writeTo(OutputStream to) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(fields.size());
        for (String field : fields) {
            byte[] utf8 = field.getBytes(StandardCharsets.UTF_8);
            data.writeInt(utf8.length);
            data.write(utf8);
        }
        if (bytes.size() > MAX_LENGTH) {
            throw new FrameException(
                    "a frame of " + bytes.size() + " bytes is too long; at most " + MAX_LENGTH + " are sent");
        }
        ByteBuffer header =
                ByteBuffer.allocate(10).putInt(MAGIC).putShort((short) VERSION).putInt(bytes.size());
        to.write(header.array());
        bytes.writeTo(to);
        to.flush();
    }

    /// Reads a frame.
    ///
    /// @param from the input
    /// @param maxLength the maximum length of the frame, in bytes
    /// @return the frame
    /// @throws EOFException if there is no further frame
    /// @throws FrameException if it is not a frame, has another version, or is too long
    /// @throws IOException if reading fails
    public static Frame readFrom(InputStream from, int maxLength) throws IOException {
        DataInputStream data = new DataInputStream(from);
        int magic = data.readInt();
        if (magic != MAGIC) {
            throw new FrameException("no frame of Repoint: it starts with 0x" + Integer.toHexString(magic));
        }
        int version = data.readUnsignedShort();
        if (version != VERSION) {
            throw new FrameException("version " + version + " of the protocol, this end speaks version " + VERSION
                    + "; use the agent and the command line of one version");
        }
        int length = data.readInt();
        if (length < 4 || length > maxLength) {
            throw new FrameException("a frame of " + length + " bytes; 4 to " + maxLength + " are accepted");
        }
        byte[] body = data.readNBytes(length);
        if (body.length < length) {
            throw new FrameException(
                    "the connection ends after " + body.length + " of " + length + " bytes of a frame");
        }
        return new Frame(fields(body));
    }

    private static List<String> fields(byte[] body) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(body));
        int count = data.readInt();
        if (count < 0 || count > data.available() / 4) {
            throw new FrameException("a frame of " + body.length + " bytes claims " + count + " fields");
        }
        List<String> fields = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = data.available() < 4 ? -1 : data.readInt();
            if (length < 0 || length > data.available()) {
                throw new FrameException("field " + (i + 1) + " of " + count + " claims " + length + " bytes");
            }
            fields.add(text(data.readNBytes(length), i));
        }
        if (data.available() > 0) {
            throw new FrameException(data.available() + " bytes are left after the last field");
        }
        return fields;
    }

    private static String text(byte[] utf8, int index) throws FrameException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FrameException("field " + (index + 1) + " is not UTF-8");
        }
    }
}
