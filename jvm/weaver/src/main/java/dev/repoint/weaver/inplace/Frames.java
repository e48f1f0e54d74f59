package dev.repoint.weaver.inplace;

import java.lang.classfile.attribute.StackMapFrameInfo.ObjectVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.SimpleVerificationTypeInfo;
import java.lang.classfile.attribute.StackMapFrameInfo.VerificationTypeInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.util.ArrayList;
import java.util.List;

/// Stack map frames of the woven code (JVMS 4.7.4).
public final class Frames {

    private Frames() {}

    /// The locals at the start of a method that is no constructor.
    public static List<VerificationTypeInfo> arguments(ConstantPoolBuilder pool, MethodShape shape) {
        List<VerificationTypeInfo> locals = new ArrayList<>();
        for (String argument : shape.arguments()) {
            locals.add(of(pool, argument));
        }
        return locals;
    }

    /// `java.lang.Object`.
    public static VerificationTypeInfo object(ConstantPoolBuilder pool) {
        return ObjectVerificationTypeInfo.of(PoolEntries.type(pool, "java/lang/Object"));
    }

    private static VerificationTypeInfo of(ConstantPoolBuilder pool, String fieldDescriptor) {
        return switch (MethodShape.kind(fieldDescriptor)) {
            case LONG -> SimpleVerificationTypeInfo.LONG;
            case DOUBLE -> SimpleVerificationTypeInfo.DOUBLE;
            case FLOAT -> SimpleVerificationTypeInfo.FLOAT;
            case REFERENCE ->
                ObjectVerificationTypeInfo.of(PoolEntries.type(pool, MethodShape.constantName(fieldDescriptor)));
            case INT, BOOLEAN, BYTE, CHAR, SHORT, VOID -> SimpleVerificationTypeInfo.INTEGER;
        };
    }
}
