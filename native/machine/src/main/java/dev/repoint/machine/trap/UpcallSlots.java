package dev.repoint.machine.trap;

/// The memory of code in front of a method of Java that takes the place of a function that anybody may call.
///
/// A slot is a pair of words: the address of a thread's block, and the return address; 0 while the thread is not in
/// the method, 1 on the way to it. A slot belongs to one thread for ever. A thread without a slot of its own gets the
/// default.
public final class UpcallSlots {

    /// How many slots there are.
    public static final int COUNT = 4096;
    /// The size of a slot.
    public static final int SIZE = 16;

    private UpcallSlots() {}
}
