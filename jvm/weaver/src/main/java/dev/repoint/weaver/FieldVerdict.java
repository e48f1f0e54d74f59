package dev.repoint.weaver;

import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;

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

    /// It assigns some field by reflection, and is followed by word to the runtime.
    record Reflect(InvokeInstruction instruction) implements FieldVerdict {}

    /// It assigns a field, and is patched.
    record Assign(FieldRef ref, FieldInstruction instruction) implements FieldVerdict {}
}
