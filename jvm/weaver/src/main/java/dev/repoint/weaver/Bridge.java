package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;

/// A private method that all calls of one kind in a class go through. It calls the target, or runs the original
/// instruction.
///
/// The original instruction stays unchanged, so its linkage errors, its access checks and the class that it
/// initialises stay the same.
///
/// @param name its name
/// @param isStatic false for `invokespecial`, whose receiver is `this`
/// @param shape its types, the receiver first
/// @param original the instruction that it replaces
/// @param ref the called method
record Bridge(String name, boolean isStatic, MethodShape shape, InvokeInstruction original, SiteRef ref) {

    /// Its descriptor. In a static bridge the receiver is the first parameter.
    String descriptor() {
        return isStatic ? shape.staticDescriptor() : ref.descriptor();
    }

    /// Writes its code.
    void write(CodeBuilder code) {
        boolean ofStatic = original.opcode() == Opcode.INVOKESTATIC;
        Label body = Prologue.write(
                code, LinkCalls.site(code.constantPool(), ref.key(), ofStatic), shape, isStatic && !ofStatic);
        Prologue.loadArguments(code, shape, 0);
        code.with(original)
                .return_(MethodShape.kind(shape.result()))
                .with(StackMapTableAttribute.of(List.of(Frames.atBody(code, body, shape))));
    }
}
