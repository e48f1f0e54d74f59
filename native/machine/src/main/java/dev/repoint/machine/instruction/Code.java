package dev.repoint.machine.instruction;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// Bytes of code, and the address of the first one.
///
/// All places are addresses, never positions in the segment. In a relocatable file, where sections have no addresses yet,
/// they are offsets in the section. Reading outside of the code is an error of the caller
/// ([IndexOutOfBoundsException]): ask [#contains] first. Safe for use by several threads where the segment is.
///
/// @param bytes   the code, read only
/// @param address of the first byte
public record Code(MemorySegment bytes, long address) {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /// The number of bytes.
    public long size() {
        return bytes.byteSize();
    }

    /// The address after the last byte.
    public long end() {
        return address + bytes.byteSize();
    }

    /// Whether all of the bytes from an address on are code of this.
    ///
    /// @param from   an address, anywhere
    /// @param length in bytes, not negative
    public boolean contains(long from, long length) {
        long offset = from - address;
        return offset >= 0 && length >= 0 && offset <= bytes.byteSize() - length;
    }

    /// The byte at an address, 0 to 255.
    public int u8(long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at - address) & 0xff;
    }

    /// The signed byte at an address.
    public int s8(long at) {
        return bytes.get(ValueLayout.JAVA_BYTE, at - address);
    }

    /// The signed little-endian word of four bytes at an address, which need not be aligned.
    public int s32(long at) {
        return bytes.get(INT, at - address);
    }

    /// The little-endian word of eight bytes at an address, which need not be aligned.
    public long s64(long at) {
        return bytes.get(LONG, at - address);
    }

    /// A copy of some bytes.
    public byte[] copy(long from, int length) {
        return bytes.asSlice(from - address, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /// A part of this code, at its own address.
    public Code slice(long from, long length) {
        return new Code(bytes.asSlice(from - address, length), from);
    }
}
