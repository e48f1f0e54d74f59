package dev.repoint.weaver;

import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;

/// The decision on one element of a body with regard to fields.
sealed interface FieldVerdict {

    /// The element stays unchanged.
    Leave LEAVE = new Leave();

    /// It does not use a wanted field, or it was patched before.
    record Leave() implements FieldVerdict {}

    /// It uses a wanted field, and stays unchanged.
    ///
    /// @param kind as in [Site#kind()]
    /// @param reason one line
    record Refuse(FieldRef ref, String kind, String reason) implements FieldVerdict {}

    /// It reads a field, and will be patched.
    record Read(FieldRef ref, FieldInstruction instruction) implements FieldVerdict {}

    /// It assigns a field by reflection. The weaver adds a report to the runtime after it.
    record Reflect(InvokeInstruction instruction) implements FieldVerdict {}

    /// It assigns a field, and will be patched.
    record Assign(FieldRef ref, FieldInstruction instruction) implements FieldVerdict {}
}
