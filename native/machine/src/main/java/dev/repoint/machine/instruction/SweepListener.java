package dev.repoint.machine.instruction;

/// Gets the findings of a sweep, in the order of addresses.
///
/// A sweep that fails has reported the instructions before the failure: do not use them until the sweep has ended
/// well.
@FunctionalInterface
public interface SweepListener {

    /// One instruction, of any kind, before [#found] for the same one.
    ///
    /// @param address of its first byte, prefixes included
    /// @param length  in bytes
    default void boundary(long address, int length) {}

    /// An instruction that uses a function or a pointer. Jumps inside the function are left out: nothing calls
    /// there.
    void found(Instruction instruction);
}
