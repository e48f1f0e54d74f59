package dev.repoint.linux;

/// A call of a function of this process in its own target.
///
/// @param original its bytes as built, the first one lowest
/// @param toCopy   those that lead to the copy
record OwnCall(long address, int length, long original, long toCopy) {

    /// Whether it shares bytes with what stands at an address.
    boolean overlaps(long other, int otherLength) {
        return address < other + otherLength && other < address + length;
    }
}
