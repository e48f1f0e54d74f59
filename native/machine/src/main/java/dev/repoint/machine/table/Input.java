package dev.repoint.machine.table;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.FileOffset;
import java.util.Arrays;

/// Bytes that are read one after the other. Every failure says where in the file it is.
final class Input {

    private static final int LONGEST_NUMBER = 10;

    private final String name;
    private final byte[] bytes;
    private int position;

    Input(String name, byte[] bytes, int position) {
        this.name = name;
        this.bytes = bytes;
        this.position = position;
    }

    int position() {
        return position;
    }

    int left() {
        return bytes.length - position;
    }

    int u8() throws ElfFormatException {
        require(1, position);
        return bytes[position++] & 0xff;
    }

    /// As [Output#number].
    long number() throws ElfFormatException {
        int start = position;
        long value = 0;
        for (int i = 0; i < LONGEST_NUMBER; i++) {
            int next = u8();
            value |= (long) (next & 0x7f) << 7 * i;
            if (next < 0x80) {
                boolean excess = i == LONGEST_NUMBER - 1 && next > 1;
                boolean padded = i > 0 && next == 0;
                if (excess || padded) {
                    throw malformed(start, "a number is not written in the shortest way");
                }
                return value;
            }
        }
        throw malformed(start, "a number has more than 64 bits");
    }

    /// As [Output#signed].
    long signed() throws ElfFormatException {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /// A number that is at most another one.
    int upTo(int most, String what) throws ElfFormatException {
        int start = position;
        long value = number();
        if (Long.compareUnsigned(value, most) > 0) {
            throw malformed(start, what + " is " + Long.toUnsignedString(value) + ", and can be " + most + " at most");
        }
        return (int) value;
    }

    /// A number of things that follow, each of at least some bytes.
    int count(int bytesEach, String what) throws ElfFormatException {
        return upTo(left() / bytesEach, "the number of " + what);
    }

    byte[] bytes(int length) throws ElfFormatException {
        require(length, position);
        byte[] copy = Arrays.copyOfRange(bytes, position, position + length);
        position += length;
        return copy;
    }

    ElfFormatException malformed(int at, String problem) {
        return new ElfFormatException(name, new FileOffset(at), problem + "; write the table again with repoint table");
    }

    private void require(int length, int at) throws ElfFormatException {
        if (left() < length) {
            throw malformed(at, "the table ends where " + length + " more bytes were expected");
        }
    }
}
