package dev.repoint.machine.instruction;

/// The effect that a site gets.
public sealed interface Outcome {

    /// Goes to the code at an address.
    ///
    /// @param address of the first instruction of the target
    record To(long address) implements Outcome {}

    /// Does nothing, as an empty function that returns no value.
    record Nothing() implements Outcome {}

    /// Does nothing, and gives the integer or pointer zero.
    record Zero() implements Outcome {}
}
