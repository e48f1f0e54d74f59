package dev.repoint.elf.raw;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Little-endian numbers and strings at offsets of a file. Thread-safe as the memory below it is.
///
/// Offsets are not checked here beyond what memory does by itself: ask [#has] first.
///
/// Numbers are read through byte buffers, because the first read of a memory segment builds method handles: on
/// a cold JVM that takes longer than to read a file of ten megabytes. A buffer holds less than 2 GiB, so there
/// is one for each GiB, and each goes on into the next so far that every number lies whole in one.
public final class Bytes {

    private static final int WINDOW_BITS = 30;
    private static final int WINDOW = 1 << WINDOW_BITS;
    /// The longest number.
    private static final int OVERLAP = Long.BYTES;

    private final ByteBuffer[] windows;
    private final long size;
    private volatile @Nullable MemorySegment segment;

    private Bytes(ByteBuffer[] windows, long size, @Nullable MemorySegment segment) {
        this.windows = windows;
        this.size = size;
        this.segment = segment;
    }

    /// @param segment the whole file; native memory, or a byte array
    public static Bytes of(MemorySegment segment) {
        MemorySegment whole = segment.asReadOnly();
        long size = whole.byteSize();
        ByteBuffer[] windows = new ByteBuffer[(int) (size + WINDOW - 1 >>> WINDOW_BITS)];
        for (int i = 0; i < windows.length; i++) {
            long start = (long) i << WINDOW_BITS;
            windows[i] = whole.asSlice(start, Math.min(size - start, (long) WINDOW + OVERLAP))
                    .asByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN);
        }
        return new Bytes(windows, size, whole);
    }

    /// @param buffer the whole file, at most 1 GiB, from index 0 to the limit
    public static Bytes of(ByteBuffer buffer) {
        if (buffer.limit() > WINDOW) {
            throw new IllegalArgumentException("a buffer of " + buffer.limit() + " bytes");
        }
        ByteBuffer whole = buffer.asReadOnlyBuffer().rewind();
        return new Bytes(new ByteBuffer[] {whole.order(ByteOrder.LITTLE_ENDIAN)}, buffer.limit(), null);
    }

    /// How many bytes there are.
    public long size() {
        return size;
    }

    /// The bytes themselves, read-only.
    public MemorySegment segment() {
        MemorySegment known = segment;
        if (known == null) {
            known = MemorySegment.ofBuffer(windows[0]);
            segment = known;
        }
        return known;
    }

    /// Whether a range lies inside. Negative numbers stand for unsigned ones that are too large, and do not.
    public boolean has(long offset, long length) {
        return offset >= 0 && length >= 0 && offset <= size - length;
    }

    /// The byte at an offset, 0 to 255.
    public int u8(long offset) {
        return window(offset).get(index(offset)) & 0xff;
    }

    /// The two bytes at an offset, 0 to 65535.
    public int u16(long offset) {
        return window(offset).getShort(index(offset)) & 0xffff;
    }

    /// The four bytes at an offset; unsigned ones from 2³¹ on are negative.
    public int s32(long offset) {
        return window(offset).getInt(index(offset));
    }

    /// The four bytes at an offset, 0 to 2³²-1.
    public long u32(long offset) {
        return s32(offset) & 0xffff_ffffL;
    }

    /// The eight bytes at an offset; unsigned ones from 2⁶³ on are negative.
    public long s64(long offset) {
        return window(offset).getLong(index(offset));
    }

    /// How many bytes stand before the first zero byte of a range, or its whole length if there is none.
    public long lengthToZero(long from, long end) {
        long at = from;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            long word = s64(at);
            // The lowest bit that is set stands in the first byte that is zero.
            long zeros = word - 0x0101_0101_0101_0101L & ~word & 0x8080_8080_8080_8080L;
            if (zeros != 0) {
                return at + (Long.numberOfTrailingZeros(zeros) >> 3) - from;
            }
        }
        while (at < end && u8(at) != 0) {
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
        int done = 0;
        while (done < length) {
            ByteBuffer window = window(offset + done);
            int index = index(offset + done);
            int part = Math.min(length - done, window.limit() - index);
            window.get(index, copy, done, part);
            done += part;
        }
        return copy;
    }

    /// A part, in which offsets count from its start.
    public Bytes part(long offset, long length) {
        return of(segment().asSlice(offset, length));
    }

    private ByteBuffer window(long offset) {
        return windows[(int) (offset >>> WINDOW_BITS)];
    }

    private static int index(long offset) {
        return (int) offset & WINDOW - 1;
    }
}
