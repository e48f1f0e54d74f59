package dev.repoint.weaver.splice;

/// Receives the instructions of a method.
@FunctionalInterface
public interface InstructionVisitor {

    /// One instruction.
    ///
    /// @param opcode its opcode
    /// @param at its offset in the class file
    /// @param length its length in bytes
    void visit(int opcode, int at, int length);
}
