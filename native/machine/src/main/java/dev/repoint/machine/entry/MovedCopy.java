package dev.repoint.machine.entry;

/// A copy of the first instructions of a function, at its place.
///
/// It starts with what the function starts with (`endbr64`), because pointers may lead to it. Calling it is
/// calling the function as it was.
public final class MovedCopy {

    /// What is given where there is no place that corresponds.
    public static final long NONE = -1;

    private final long address;
    private final byte[] bytes;
    private final long[] originals;
    private final long[] places;

    /// @param originals ascending: the entry, if something stands there that is not overwritten; each moved
    ///     instruction; and the place that the copy jumps back to
    /// @param places    of the same in the copy
    MovedCopy(long address, byte[] bytes, long[] originals, long[] places) {
        this.address = address;
        this.bytes = bytes;
        this.originals = originals;
        this.places = places;
    }

    /// Where it is to stand.
    public long address() {
        return address;
    }

    /// Its code.
    public byte[] bytes() {
        return bytes.clone();
    }

    /// The address behind its last byte.
    public long end() {
        return address + bytes.length;
    }

    /// Where a thread goes on that stands before an instruction of the function: for instruction pointers, and
    /// for return addresses.
    ///
    /// @param original an address in the function
    /// @return an address in the copy; [#NONE] if no moved instruction starts there, so that the thread can stay
    public long toCopy(long original) {
        for (int i = 0; i < originals.length - 1; i++) {
            if (originals[i] == original) {
                return places[i];
            }
        }
        return NONE;
    }

    /// Which instruction of the function an instruction in the copy is, or is a part of; for the jump at the
    /// end, the one it leads to.
    ///
    /// @param place an address in the copy
    /// @return an address in the function; [#NONE] if it is not in the copy
    public long toOriginal(long place) {
        if (place < address || place >= end()) {
            return NONE;
        }
        int last = 0;
        for (int i = 0; i < places.length; i++) {
            last = places[i] <= place ? i : last;
        }
        return originals[last];
    }

    /// The place in the function that the copy jumps back to.
    long resume() {
        return originals[originals.length - 1];
    }

    /// The address in the copy from which on what was known at an address of the function holds.
    ///
    /// @param original any address: before the moved instructions, it is the start of the copy; behind them,
    ///     the end
    long from(long original) {
        for (int i = 0; i < originals.length; i++) {
            if (Long.compareUnsigned(originals[i], original) >= 0) {
                return places[i];
            }
        }
        return end();
    }
}
