package dev.repoint.it.table;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.List;

/// Later versions of a class: what a library does to the programs that were compiled against an earlier one.
final class Edition {

    private static final MethodTypeDesc INT_TO_INT = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);
    private static final MethodTypeDesc LONG_TO_LONG = MethodTypeDesc.of(ConstantDescs.CD_long, ConstantDescs.CD_long);

    private Edition() {}

    /// Without some methods.
    static byte[] without(byte[] bytes, String... methods) {
        List<String> dropped = Arrays.asList(methods);
        return transform(
                bytes,
                ClassTransform.dropping(element -> element instanceof MethodModel method
                        && dropped.contains(method.methodName().stringValue())));
    }

    /// Without some fields; its initialiser, which assigns them, does not.
    static byte[] withoutFields(byte[] bytes, String... fields) {
        List<String> dropped = Arrays.asList(fields);
        return transform(
                bytes,
                ClassTransform.dropping(element -> element instanceof FieldModel field
                                && dropped.contains(field.fieldName().stringValue()))
                        .andThen(withoutAssignments(dropped)));
    }

    /// With other access flags of a field.
    static byte[] fieldFlags(byte[] bytes, String name, int flags) {
        return transform(bytes, (builder, element) -> {
            if (element instanceof FieldModel field && field.fieldName().equalsString(name)) {
                builder.withField(name, field.fieldTypeSymbol(), flags);
            } else {
                builder.with(element);
            }
        });
    }

    /// With a field of an int that is none of instances, but is now.
    static byte[] fieldOfInstances(byte[] bytes, String name) {
        byte[] without = withoutFields(bytes, name);
        return transform(
                without,
                ClassTransform.endHandler(
                        builder -> builder.withField(name, ConstantDescs.CD_int, ClassFile.ACC_PUBLIC)));
    }

    /// With a field that is a long instead of an int.
    static byte[] retypedField(byte[] bytes, String name) {
        byte[] without = withoutFields(bytes, name);
        return transform(
                without,
                ClassTransform.endHandler(builder ->
                        builder.withField(name, ConstantDescs.CD_long, ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC)));
    }

    private static ClassTransform withoutAssignments(List<String> fields) {
        return ClassTransform.transformingMethodBodies((code, element) -> {
            if (element instanceof FieldInstruction field
                    && fields.contains(field.name().stringValue())) {
                code.pop();
            } else {
                code.with(element);
            }
        });
    }

    /// With other access flags of a method.
    static byte[] flags(byte[] bytes, String name, int flags) {
        return transform(
                bytes,
                ClassTransform.transformingMethods(
                        method -> method.methodName().equalsString(name),
                        MethodTransform.endHandler(method -> method.withFlags(flags))));
    }

    /// With a method that has no body.
    static byte[] withoutBody(byte[] bytes, String name) {
        return transform(bytes, (builder, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString(name)) {
                builder.withMethod(
                        name, method.methodTypeSymbol(), ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT, bodiless -> {});
            } else {
                builder.with(element);
            }
        });
    }

    /// With a method of one int that is an instance method instead of a static one, or the other way round.
    static byte[] turned(byte[] bytes, String name) {
        return replaced(bytes, name, INT_TO_INT, true);
    }

    /// With a method that takes and returns a long instead.
    static byte[] retyped(byte[] bytes, String name) {
        return replaced(bytes, name, LONG_TO_LONG, false);
    }

    private static byte[] replaced(byte[] bytes, String name, MethodTypeDesc type, boolean turned) {
        return transform(bytes, (builder, element) -> {
            if (element instanceof MethodModel method && method.methodName().equalsString(name)) {
                int flags = method.flags().flagsMask() ^ (turned ? ClassFile.ACC_STATIC : 0);
                TypeKind kind = TypeKind.from(type.returnType());
                builder.withMethodBody(
                        name,
                        type,
                        flags,
                        code -> code.loadConstant(0)
                                .conversion(TypeKind.INT, kind)
                                .return_(kind));
            } else {
                builder.with(element);
            }
        });
    }

    /// No longer public.
    static byte[] packagePrivate(byte[] bytes) {
        return withClassFlags(bytes, ClassFile.ACC_PUBLIC, 0);
    }

    /// An interface that was an abstract class.
    static byte[] toInterface(byte[] bytes) {
        return withClassFlags(without(bytes, "<init>"), ClassFile.ACC_SUPER, ClassFile.ACC_INTERFACE);
    }

    /// An abstract class that was an interface.
    static byte[] toClass(byte[] bytes) {
        return withClassFlags(bytes, ClassFile.ACC_INTERFACE, 0);
    }

    private static byte[] withClassFlags(byte[] bytes, int cleared, int set) {
        return transform(bytes, (builder, element) -> {
            if (element instanceof java.lang.classfile.AccessFlags flags) {
                builder.withFlags(flags.flagsMask() & ~cleared | set);
            } else {
                builder.with(element);
            }
        });
    }

    private static byte[] transform(byte[] bytes, ClassTransform transform) {
        return ClassFile.of().transformClass(ClassFile.of().parse(bytes), transform);
    }
}
