package dev.repoint.elf.raw;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Little-endian numbers and strings at offsets of a file. Thread-safe as the segment below it is.
///
/// Offsets are not checked here beyond what the segment does by itself: ask [#has] first.
public final class Bytes {

    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment segment;
    private final long size;

    /// @param segment the whole file
    public Bytes(MemorySegment segment) {
        this.segment = segment.asReadOnly();
        this.size = segment.byteSize();
    }

    /// How many bytes there are.
    public long size() {
        return size;
    }

    /// The bytes themselves, read-only.
    public MemorySegment segment() {
        return segment;
    }

    /// Whether a range lies inside. Negative numbers stand for unsigned ones that are too large, and do not.
    public boolean has(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size - length;
    }

    /// The byte at an offset, 0 to 255.
    public int u8(long offset) {
        return segment.get(ValueLayout.JAVA_BYTE, offset) & 0xff;
    }

    /// The two bytes at an offset, 0 to 65535.
    public int u16(long offset) {
        return segment.get(SHORT, offset) & 0xffff;
    }

    /// The four bytes at an offset; unsigned ones from 2³¹ on are negative.
    public int s32(long offset) {
        return segment.get(INT, offset);
    }

    /// The four bytes at an offset, 0 to 2³²-1.
    public long u32(long offset) {
        return segment.get(INT, offset) & 0xffff_ffffL;
    }

    /// The eight bytes at an offset; unsigned ones from 2⁶³ on are negative.
    public long s64(long offset) {
        return segment.get(LONG, offset);
    }

    /// How many bytes stand before the first zero byte of a range, or its whole length if there is none.
    public long lengthToZero(long from, long end) {
        long at = from;
        for (; at <= end - 8; at += 8) {
            long word = segment.get(LONG, at);
            // The lowest set bit stands in the first byte that is zero.
            long zeros = word - 0x0101_0101_0101_0101L & ~word & 0x8080_8080_8080_8080L;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >> 3) - from;
            }
        }
        while (at < end && segment.get(ValueLayout.JAVA_BYTE, at) != 0) {
            at++;
        }
        return at - from;
    }

    /// The text of a range, which is UTF-8; what is not, becomes U+FFFD.
    public String text(long offset, int length) {
        return new String(array(offset, length), StandardCharsets.UTF_8);
    }

    /// A copy of a range.
    public byte[] array(long offset, int length) {
        byte[] copy = new byte[length];
        MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
        return copy;
    }

    /// A part, in which offsets count from its start.
    public Bytes part(long offset, long length) {
        return new Bytes(segment.asSlice(offset, length));
    }
}
