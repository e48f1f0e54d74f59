package dev.repoint.machine.diversion;

import dev.repoint.elf.FileOffset;
import dev.repoint.machine.instruction.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// How a [DiversionRecord] is written. Numbers are little-endian; a text or a row of bytes has its length (4 bytes) in
/// front.
///
/// | bytes | what |
/// | --- | --- |
/// | 16 | `repoint.entries`, and a zero |
/// | 4, 4, 4 | version 1; number of diversions; number of changes |
/// | 8, 8 | size of the file before and after |
/// | each diversion | entry, place, copy, target (8 each); 0 code, 1 nothing, 2 zero (1); key; name of the target |
/// | each change | address, offset (8 each); old bytes; new bytes; what they are |
final class DiversionFormat {

    private static final byte[] MAGIC = "repoint.entries\0".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int LONGEST = 1 << 16;

    private DiversionFormat() {}

    static byte[] write(DiversionRecord record) {
        Output out = new Output();
        out.bytes.writeBytes(MAGIC);
        out.word(VERSION);
        out.word(record.diversions().size());
        out.word(record.changes().size());
        out.number(record.originalSize());
        out.number(record.size());
        for (Diversion each : record.diversions()) {
            out.number(each.entry());
            out.number(each.place());
            out.number(each.copy());
            out.number(each.outcome() instanceof Outcome.To(long address) ? address : 0);
            out.bytes.write(kind(each.outcome()));
            out.text(each.key());
            out.text(each.target());
        }
        for (ChangedBytes each : record.changes()) {
            out.number(each.address());
            out.number(each.offset().value());
            out.row(each.old());
            out.row(each.now());
            out.text(each.what());
        }
        return out.bytes.toByteArray();
    }

    private static int kind(Outcome outcome) {
        return switch (outcome) {
            case Outcome.To _ -> 0;
            case Outcome.Nothing() -> 1;
            case Outcome.Zero() -> 2;
        };
    }

    /// Reads a record.
    ///
    /// @return empty if the bytes are none, of another version, or damaged
    static Optional<DiversionRecord> read(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        try {
            byte[] magic = new byte[MAGIC.length];
            in.get(magic);
            if (!Arrays.equals(magic, MAGIC) || in.getInt() != VERSION) {
                return Optional.empty();
            }
            int diversions = in.getInt();
            int changes = in.getInt();
            long originalSize = in.getLong();
            long size = in.getLong();
            List<Diversion> read = new ArrayList<>();
            for (int i = 0; i < diversions; i++) {
                read.add(diversion(in));
            }
            List<ChangedBytes> changed = new ArrayList<>();
            for (int i = 0; i < changes; i++) {
                changed.add(change(in));
            }
            return Optional.of(new DiversionRecord(read, changed, originalSize, size));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty(); // cut off, or a length or kind that there is not
        }
    }

    private static Diversion diversion(ByteBuffer in) {
        long entry = in.getLong();
        long place = in.getLong();
        long copy = in.getLong();
        long address = in.getLong();
        Outcome outcome = switch (in.get()) {
            case 0 -> new Outcome.To(address);
            case 1 -> new Outcome.Nothing();
            case 2 -> new Outcome.Zero();
            default -> throw new IllegalArgumentException("no such target");
        };
        return new Diversion(text(in), text(in), outcome, entry, place, copy);
    }

    private static ChangedBytes change(ByteBuffer in) {
        long address = in.getLong();
        FileOffset offset = new FileOffset(in.getLong());
        byte[] old = row(in);
        byte[] now = row(in);
        if (old.length != now.length) {
            throw new IllegalArgumentException("lengths differ");
        }
        return new ChangedBytes(address, offset, old, now, text(in));
    }

    private static byte[] row(ByteBuffer in) {
        int length = in.getInt();
        if (length < 0 || length > Math.min(LONGEST, in.remaining())) {
            throw new IllegalArgumentException("length " + length);
        }
        byte[] row = new byte[length];
        in.get(row);
        return row;
    }

    private static String text(ByteBuffer in) {
        return new String(row(in), StandardCharsets.UTF_8);
    }

    /// What is written, as it grows.
    private static final class Output {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        void word(int value) {
            bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        void number(long value) {
            bytes.writeBytes(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(value)
                    .array());
        }

        void row(byte[] row) {
            word(row.length);
            bytes.writeBytes(row);
        }

        void text(String text) {
            row(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
