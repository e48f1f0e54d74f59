package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;

/// A private method through which the calls of one class go: to the target, or on to the original instruction.
///
/// Because that instruction stays as it was, so do its linkage errors, its access checks and the class that it
/// initialises.
///
/// @param name its name
/// @param isStatic false for `invokespecial`, whose receiver is `this`
/// @param shape its types, the receiver first
/// @param original the instruction that it stands for
/// @param ref the method that this leads to
record Bridge(String name, boolean isStatic, MethodShape shape, InvokeInstruction original, SiteRef ref) {

    /// Its descriptor, in which the receiver is a parameter if it is static.
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
