package dev.repoint.weaver.splice;

/// An order for one instruction that uses a patchable.
///
/// Its bridge asks the runtime, and runs the original instruction if there is no target.
public sealed interface UseOrder {

    /// The offset of the instruction in its code.
    int bci();

    /// A call.
    ///
    /// @param question the `invokedynamic` for the target
    /// @param receiver descriptor of the receiver, or empty for `invokestatic`
    record Call(int bci, DynamicCall question, String receiver) implements UseOrder {}

    /// A method reference: an `invokedynamic` whose second argument is a method handle.
    ///
    /// @param question the `invokedynamic` for the target
    /// @param receiver descriptor of the receiver, or empty for a static method
    record Reference(int bci, DynamicCall question, String receiver) implements UseOrder {}

    /// A `getstatic`.
    ///
    /// @param readable the `invokedynamic` that tests whether the runtime has the value
    /// @param value the `invokedynamic` for the value
    record Read(int bci, DynamicCall readable, DynamicCall value) implements UseOrder {}

    /// A `putstatic`.
    ///
    /// @param enter the `invokedynamic` before it, which returns a ticket
    /// @param leave the `invokedynamic` after it, which takes the ticket
    record Assign(int bci, DynamicCall enter, DynamicCall leave) implements UseOrder {}

    /// A call of `Field.set` or one of its variants.
    ///
    /// @param owner internal name of the class with the method that gets the field after the assignment
    /// @param name name of this static method
    /// @param type its descriptor
    record Reflect(int bci, String owner, String name, String type) implements UseOrder {}
}
