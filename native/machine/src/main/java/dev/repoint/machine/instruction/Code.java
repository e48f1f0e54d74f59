package dev.repoint.machine.instruction;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Bytes of code, and the address of the first one.
///
/// All places are addresses, never positions in the segment. In a relocatable file, where sections have no addresses yet,
/// they are offsets in the section. Reading outside of the code is an error of the caller
/// ([IndexOutOfBoundsException]): ask [#contains] first. Safe for use by several threads where the segment is.
///
/// It reads through a buffer and not the segment: in a JVM that has just started, and does not compile at full strength,
/// that is several times faster. So it ends after 2 GiB less one byte, however long the segment is.
public final class Code {

    private final MemorySegment bytes;
    private final ByteBuffer buffer;
    private final long address;
    private final int size;

    /// Bytes of code.
    ///
    /// @param bytes   the code, which is only read
    /// @param address of the first byte
    public Code(MemorySegment bytes, long address) {
        this.size = (int) Math.min(bytes.byteSize(), Integer.MAX_VALUE);
        this.bytes = bytes.byteSize() == size ? bytes : bytes.asSlice(0, size);
        this.buffer = this.bytes.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        this.address = address;
    }

    private Code(Code whole, int offset, int length) {
        this.size = length;
        this.bytes = whole.bytes.asSlice(offset, length);
        this.buffer = whole.buffer.slice(offset, length).order(ByteOrder.LITTLE_ENDIAN);
        this.address = whole.address + offset;
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
    /// @param length in bytes, not negative
    public boolean contains(long from, long length) {
        long offset = from - address;
        return offset >= 0 && length >= 0 && offset <= size - length;
    }

    /// The byte at an address, 0 to 255.
    public int u8(long at) {
        return buffer.get(index(at)) & 0xff;
    }

    /// The signed byte at an address.
    public int s8(long at) {
        return buffer.get(index(at));
    }

    /// The signed little-endian word of four bytes at an address, which need not be aligned.
    public int s32(long at) {
        return buffer.getInt(index(at));
    }

    /// The little-endian word of eight bytes at an address, which need not be aligned.
    public long s64(long at) {
        return buffer.getLong(index(at));
    }

    /// A copy of some bytes.
    public byte[] copy(long from, int length) {
        byte[] copy = new byte[length];
        buffer.get(index(from), copy);
        return copy;
    }

    /// A part of this code, at its own address.
    public Code slice(long from, long length) {
        int offset = index(from);
        if (length < 0 || length > size - offset) {
            throw new IndexOutOfBoundsException("a part of " + length + " bytes from " + offset + " of " + size);
        }
        return new Code(this, offset, (int) length);
    }

    /// A distance beyond 32 bits must not become one within them.
    private int index(long at) {
        long offset = at - address;
        return offset == (int) offset ? (int) offset : -1;
    }
}
