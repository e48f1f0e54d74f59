package dev.repoint.weaver;

import java.lang.classfile.instruction.FieldInstruction;

/// What becomes of one element of a body, as far as fields are concerned.
sealed interface FieldVerdict {

    /// It stays.
    Leave LEAVE = new Leave();

    /// It does not use a wanted field, or has been patched before.
    record Leave() implements FieldVerdict {}

    /// It uses a wanted field and stays.
    ///
    /// @param kind as in [Site#kind()]
    /// @param reason one line
    record Refuse(FieldRef ref, String kind, String reason) implements FieldVerdict {}

    /// It reads a field, and is patched.
    record Read(FieldRef ref, FieldInstruction instruction) implements FieldVerdict {}

    /// It assigns a field, and is patched.
    record Assign(FieldRef ref, FieldInstruction instruction) implements FieldVerdict {}
}
