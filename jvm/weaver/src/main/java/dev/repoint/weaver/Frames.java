package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.util.ArrayList;
import java.util.List;

/// Stack map frames of the woven code (JVMS 4.7.4).
final class Frames {

    private Frames() {}

    /// The frame after a prologue: the unchanged arguments, and on the stack the null of `dup`.
    static StackMapFrameInfo atBody(CodeBuilder code, Label body, MethodShape shape) {
        return StackMapFrameInfo.of(body, arguments(code.constantPool(), shape), List.of(object(code.constantPool())));
    }

    /// The locals at the start of a method that is no constructor.
    static List<VerificationTypeInfo> arguments(ConstantPoolBuilder pool, MethodShape shape) {
        List<VerificationTypeInfo> locals = new ArrayList<>();
        for (String argument : shape.arguments()) {
            locals.add(of(pool, argument));
        }
        return locals;
    }

    /// `java.lang.Object`.
    static VerificationTypeInfo object(ConstantPoolBuilder pool) {
        return ObjectVerificationTypeInfo.of(LinkCalls.type(pool, "java/lang/Object"));
    }

    private static VerificationTypeInfo of(ConstantPoolBuilder pool, String fieldDescriptor) {
        return switch (MethodShape.kind(fieldDescriptor)) {
            case LONG -> SimpleVerificationTypeInfo.LONG;
            case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
            case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
            case REFERENCE ->
                ObjectVerificationTypeInfo.of(LinkCalls.type(pool, MethodShape.constantName(fieldDescriptor)));
            case INT, BOOLEAN, BYTE, CHAR, SHORT, VOID -> SimpleVerificationTypeInfo.INTEGER;
        };
    }
}
