package dev.repoint.linux.unwind;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Code that one unwind entry describes.
///
/// @param start the address of its first byte
/// @param end   the address behind its last one
/// @param entry the address of the frame description entry
public record UnwindRange(long start, long end, long entry) {

    /// The range of a common information entry and the frame description entry behind it.
    ///
    /// @param frames  what a section `.eh_frame` has
    /// @param address where it stands
    public static UnwindRange of(long start, long end, byte[] frames, long address) {
        int common = ByteBuffer.wrap(frames).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        return new UnwindRange(start, end, address + Integer.BYTES + common);
    }
}
