package dev.repoint.linux.ledger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What stands in the memory of a process for one slot, besides its target: the addresses of its record and of its
/// entry, its target by default, whether the unwinder of the process knows that; and, twice, what a target
/// means for people. The text that counts is the one for the target that the slot has, so both change
/// together by one store.
final class Row {

    /// In bytes.
    static final int SIZE = 1024;
    static final int RECORD = 0;
    static final int ENTRY = 8;
    static final int BY_DEFAULT = 16;
    static final int UNWOUND = 24;

    private static final int[] TEXTS = {64, 544};
    private static final int TEXT_HEAD = 24;
    private static final int TEXT_SIZE = 480;

    private final ByteBuffer bytes;

    /// @param bytes as they stand there
    Row(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// One that does not count yet: it has no record.
    Row() {
        this(new byte[SIZE]);
    }

    /// As it stands in memory.
    byte[] bytes() {
        return bytes.array();
    }

    long word(int offset) {
        return bytes.getLong(offset);
    }

    void word(int offset, long value) {
        bytes.putLong(offset, value);
    }

    /// What a target means.
    ///
    /// @param at when it was set, in milliseconds since 1970; 0 if that is not known
    record Text(String target, String notes, long at) {}

    /// What a target means.
    Text text(long value) {
        int text = find(value);
        if (text == 0) {
            return new Text("0x" + Long.toHexString(value), "", 0);
        }
        int length = bytes.getInt(text + 16);
        return new Text(
                string(text + TEXT_HEAD, length),
                string(text + TEXT_HEAD + length, bytes.getInt(text + 20)),
                bytes.getLong(text + 8));
    }

    private String string(int offset, int length) {
        return new String(bytes.array(), offset, length, StandardCharsets.UTF_8);
    }

    /// The newer text for a target; 0 if there is none.
    private int find(long value) {
        int found = 0;
        for (int text : TEXTS) {
            boolean fits = bytes.getLong(text + 8) != 0 && bytes.getLong(text) == value;
            if (fits && (found == 0 || bytes.getLong(text + 8) > bytes.getLong(found + 8))) {
                found = text;
            }
        }
        return found;
    }

    /// A text at its place in the row.
    record Placed(int offset, byte[] bytes) {}

    /// Says what a target means. What the present one means stays, unless that is what is described.
    ///
    /// @return what has changed
    Placed describe(long value, String target, String notes, long present) {
        int place = find(value);
        if (place == 0) {
            place = find(present) == TEXTS[0] ? TEXTS[1] : TEXTS[0];
        }
        byte[] first = cut(target, TEXT_SIZE - TEXT_HEAD);
        byte[] second = cut(notes, TEXT_SIZE - TEXT_HEAD - first.length);
        byte[] text = new byte[TEXT_HEAD + first.length + second.length];
        ByteBuffer.wrap(text)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .putLong(System.currentTimeMillis())
                .putInt(first.length)
                .putInt(second.length)
                .put(first)
                .put(second);
        bytes.put(place, text);
        return new Placed(place, text);
    }

    private static byte[] cut(String text, int length) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= length ? bytes : Arrays.copyOf(bytes, Math.max(0, length));
    }
}
