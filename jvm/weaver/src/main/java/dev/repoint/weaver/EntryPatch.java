package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo;

/// The prologue of one method.
///
/// @param name the method's name
/// @param descriptor its descriptor, without a receiver
/// @param shape its types
/// @param pointer whether it links in pointer mode first
record EntryPatch(String name, String descriptor, MethodShape shape, boolean pointer) {

    static EntryPatch of(ClassModel owner, MethodModel method, boolean pointer) {
        return new EntryPatch(
                method.methodName().stringValue(),
                method.methodType().stringValue(),
                EntryRules.shapeOf(owner, method),
                pointer);
    }

    /// Writes the prologue.
    ///
    /// @return the frame at the start of the original code
    StackMapFrameInfo write(CodeBuilder code) {
        Label body =
                Prologue.write(code, LinkCalls.entry(code.constantPool(), name, descriptor, pointer), shape, false);
        return Frames.atBody(code, body, shape);
    }
}
