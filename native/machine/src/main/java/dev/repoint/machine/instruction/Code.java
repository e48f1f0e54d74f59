package dev.repoint.machine.instruction;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Bytes of code, and the address of the first one.
///
/// All places are addresses, never positions in the segment. In a relocatable file, where sections have no
/// addresses yet, they are whatever the caller counts from. Reading outside of the code is an error of the
/// caller ([IndexOutOfBoundsException]): ask [#contains] first. Safe for use by several threads where the
/// segment is; the bytes may change while this exists.
public final class Code {

    /// Apart, so that only code of 2 GiB and more loads them.
    private static final class Layouts {
        private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
        private static final ValueLayout.OfLong LONG =
                ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    }

    private final MemorySegment bytes;
    private final long address;
    private final long size;
    /// The same bytes; null if a buffer cannot hold so many. The first read of a segment builds method handles,
    /// which takes longer than to collect a small file.
    private final @Nullable ByteBuffer buffer;

    /// @param bytes   the code; nothing here writes to it
    /// @param address of the first byte
    public Code(MemorySegment bytes, long address) {
        this.bytes = bytes;
        this.address = address;
        this.size = bytes.byteSize();
        this.buffer = size > Integer.MAX_VALUE ? null : bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /// The bytes.
    public MemorySegment bytes() {
        return bytes;
    }

    /// The address of the first byte.
    public long address() {
        return address;
    }

    /// The number of bytes.
    public long size() {
        return size;
    }

    /// The address after the last byte.
    public long end() {
        return address + size;
    }

    /// Whether all of the bytes from an address on are code of this.
    ///
    /// @param from   an address, anywhere
    /// @param length in bytes; if it is negative, no
    public boolean contains(long from, long length) {
        long offset = from - address;
        return offset >= 0 && length >= 0 && offset <= size - length;
    }

    /// The byte at an address, 0 to 255.
    public int u8(long at) {
        return s8(at) & 0xff;
    }

    /// The signed byte at an address.
    public int s8(long at) {
        return buffer != null ? buffer.get(index(at)) : bytes.get(ValueLayout.JAVA_BYTE, at - address);
    }

    /// The signed little-endian word of four bytes at an address, which need not be aligned.
    public int s32(long at) {
        return buffer != null ? buffer.getInt(index(at)) : bytes.get(Layouts.INT, at - address);
    }

    /// The little-endian word of eight bytes at an address, which need not be aligned.
    public long s64(long at) {
        return buffer != null ? buffer.getLong(index(at)) : bytes.get(Layouts.LONG, at - address);
    }

    /// A copy of some bytes.
    ///
    /// @param from   the address of the first one
    /// @param length in bytes
    public byte[] copy(long from, int length) {
        byte[] copy = new byte[length];
        if (buffer != null) {
            buffer.get(index(from), copy);
        } else {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, from - address, copy, 0, length);
        }
        return copy;
    }

    /// A part of this code, at its own address.
    public Code slice(long from, long length) {
        return new Code(bytes.asSlice(from - address, length), from);
    }

    /// What does not fit into 31 bits is outside anyway; -1 is refused by any buffer.
    private int index(long at) {
        long offset = at - address;
        return offset == (int) offset ? (int) offset : -1;
    }
}
