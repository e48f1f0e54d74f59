package dev.repoint.linux.processor;

/// The jumps that a processor has for the first instructions of functions, and what they lead to. Implementations
/// have no state.
public interface EntryJumps {

    /// How many bytes change: those of a jump.
    int length();

    /// Which bits of the distance between the bytes behind a site and its approach are given; the others are free.
    int fixedBits(EntrySite site);

    /// What they are, with the better ones first.
    int[] fixedValues(EntrySite site);

    /// How far an approach may be away, in bytes, if none of these bits is given; else 0.
    long reach();

    /// The bytes of a jump.
    ///
    /// @throws IllegalArgumentException if its distance is not one that is possible here
    /// @throws ArithmeticException if it is out of reach
    long jump(EntrySite site, long target);

    /// Whether an instruction repeats, so that a thread can be in the middle of it.
    ///
    /// @param first the bytes of the first instruction, or more
    default boolean repeats(byte[] first) {
        return false;
    }

    /// Whether a jump to an address has a byte that gives SIGILL to a thread that stands there.
    boolean endsInIllegalByte(EntrySite site, long target);

    /// How many bytes an approach has.
    int approachLength();

    /// Code that jumps to the content of a word, and needs nothing on the stack.
    ///
    /// @param address of the code
    /// @param word    the address of the word, in reach of 2 GiB
    byte[] approach(long address, long word);
}
