package dev.repoint.linux.processor;

import java.util.Arrays;

/// The first instructions of a function, as a place that changes: from the instructions that were built to a jump,
/// and back. Immutable.
///
/// The place may hold several instructions. A thread that stood before the second one when the jump was written
/// goes on there at any later time: it may have lost its processor, be in a system call or in the handler of a
/// signal, or a call among the instructions may return there. So wherever one of the instructions starts behind
/// the first, a jump has a trap: [EntryJumps#fixedBits] says which bits of its distance that gives. The handler sends
/// a thread that runs it to the copy of the instruction.
///
/// @param address  of the first instruction
/// @param length   how many bytes change, up to 8
/// @param original the bytes that were built, the first one lowest
/// @param starts   how far behind the first one the others start: ascending, less than the length
/// @param copies   where the copies of all instructions are, the first one included
@SuppressWarnings("ArrayRecordComponent") // copied, and not compared
public record EntrySite(long address, int length, long original, int[] starts, long[] copies) {

    /// Copies the arrays.
    ///
    /// @throws IllegalArgumentException if the starts are not ascending, or there are more or fewer copies
    public EntrySite {
        starts = starts.clone();
        copies = copies.clone();
        int last = 0;
        for (int start : starts) {
            if (start <= last || start >= length) {
                throw new IllegalArgumentException("instructions that start at " + Arrays.toString(starts));
            }
            last = start;
        }
        if (copies.length != starts.length + 1 || length < Long.BYTES && original >>> Byte.SIZE * length != 0) {
            throw new IllegalArgumentException(copies.length + " copies of " + Long.toHexString(original));
        }
    }

    @Override
    public int[] starts() {
        return starts.clone();
    }

    @Override
    public long[] copies() {
        return copies.clone();
    }

    /// A mask of the bytes that hold traps while it changes.
    ///
    /// @param trapLength how many bytes each has
    public long traps(int trapLength) {
        long trap = (1L << Byte.SIZE * trapLength) - 1;
        long mask = trap;
        for (int start : starts) {
            mask |= trap << Byte.SIZE * start;
        }
        return mask;
    }
}
