package dev.repoint.weaver;

import dev.repoint.shape.Shape;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Modifier;
import java.util.List;

/// The method of a twin class for a synchronized method. It locks the same object as the original, the receiver or
/// the class, and calls the body.
///
/// ```
/// lock; monitorenter
/// load arguments; invokestatic body; lock; monitorexit; return
/// handler: lock; monitorexit; athrow
/// ```
///
/// @param self the twin class
/// @param body the name of its method with the original code
/// @param owner the class of the original
/// @param method the original
/// @param shape its types
/// @param start writes the instructions before the call
record LockedCall(
        ClassDesc self, String body, ClassModel owner, MethodModel method, MethodShape shape, OwnerStart start) {

    /// Adds the method to the class.
    void write(ClassBuilder type) {
        type.withMethodBody(
                Shape.METHOD,
                MethodTypeDesc.ofDescriptor(shape.staticDescriptor()),
                ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                this::write);
    }

    private void write(CodeBuilder code) {
        Label from = code.newLabel();
        Label to = code.newLabel();
        Label handler = code.newLabel();
        start.write(code);
        lock(code);
        code.monitorenter().labelBinding(from);
        Prologue.loadArguments(code, shape, 0);
        code.invokestatic(self, body, MethodTypeDesc.ofDescriptor(shape.staticDescriptor()));
        lock(code);
        code.monitorexit()
                .labelBinding(to)
                .return_(MethodShape.kind(shape.result()))
                .labelBinding(handler);
        lock(code);
        code.monitorexit().athrow().exceptionCatchAll(from, to, handler);
        ObjectVerificationTypeInfo thrown =
                ObjectVerificationTypeInfo.of(PoolEntries.type(code.constantPool(), "java/lang/Throwable"));
        code.with(StackMapTableAttribute.of(
                List.of(StackMapFrameInfo.of(handler, Frames.arguments(code.constantPool(), shape), List.of(thrown)))));
    }

    private void lock(CodeBuilder code) {
        if (Modifier.isStatic(method.flags().flagsMask())) {
            code.ldc(PoolEntries.type(code.constantPool(), owner.thisClass().asInternalName()));
        } else {
            code.aload(0); // the arguments are not assigned here
        }
    }
}
