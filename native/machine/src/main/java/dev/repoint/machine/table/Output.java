package dev.repoint.machine.table;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Bytes that are written one after the other.
final class Output {

    private byte[] bytes = new byte[1 << 12];
    private int size;

    /// A byte.
    void u8(int value) {
        if (size == bytes.length) {
            bytes = Arrays.copyOf(bytes, size * 2);
        }
        bytes[size++] = (byte) value;
    }

    /// An unsigned number of 64 bits, seven bits a byte, the lowest first (ULEB128; DWARF 5, 7.6).
    void number(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            u8((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        u8((int) rest);
    }

    /// A signed number: 0, -1, 1, -2, ... as 0, 1, 2, 3, ...
    void signed(long value) {
        number(value << 1 ^ value >> 63);
    }

    void bytes(byte[] source, int from, int length) {
        while (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, bytes.length * 2);
        }
        System.arraycopy(source, from, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /// Puts a little-endian number over bytes that were written.
    void set32(int at, int value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(at, value);
    }

    /// As [#set32].
    void set64(int at, long value) {
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(at, value);
    }

    /// All bytes, in a new array.
    byte[] toArray() {
        return Arrays.copyOf(bytes, size);
    }
}
