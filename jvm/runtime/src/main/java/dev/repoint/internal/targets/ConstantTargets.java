package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// Makes targets that call nothing.
final class ConstantTargets {

    private ConstantTargets() {}

    /// A target that does nothing.
    ///
    /// @throws PatchException if the patchable returns a value
    static BoundTarget nothing(Signature wanted) {
        requireVoid(wanted);
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodType type = wanted.type();
        Object shape = HiddenClasses.instance(
                HiddenClasses.SELF,
                "nothing " + wanted.shape(),
                () -> Spinner.nothing(HiddenClasses.name("Nothing"), type),
                MethodType.methodType(void.class));
        return new BoundTarget(shape, "nothing", MethodHandles.empty(type));
    }

    /// @throws PatchException if the patchable returns a value
    static void requireVoid(Signature wanted) {
        if (wanted.type().returnType() != void.class) {
            throw new PatchRefusal(
                    wanted.key(),
                    " cannot do nothing: it returns "
                            + wanted.type().returnType().getTypeName() + "; set it to a constant instead");
        }
    }

    /// A target that returns a value.
    ///
    /// @throws PatchException if the patchable does not return that type
    static BoundTarget constant(Signature wanted, @Nullable Object value) {
        MethodType type = wanted.type();
        Class<?> boxed = type.wrap().returnType();
        if (boxed == Void.class || (value == null ? type.returnType().isPrimitive() : !boxed.isInstance(value))) {
            String found = value == null
                    ? "null"
                    : value + " of type " + value.getClass().getTypeName();
            throw new PatchRefusal(
                    wanted.key(),
                    " cannot return " + found + ": it returns "
                            + type.returnType().getTypeName());
        }
        MethodHandle gives = MethodHandles.constant(type.returnType(), value);
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodType held = MethodType.methodType(void.class, Types.erased(type).returnType());
        MethodHandle maker = HiddenClasses.maker(
                HiddenClasses.SELF,
                "constant " + wanted.shape(),
                () -> Spinner.constant(HiddenClasses.name("Constant"), type),
                held);
        // A boolean, byte, char or short is held as the int that it is to the JVM.
        MethodHandle erased = MethodHandles.explicitCastArguments(gives, MethodType.methodType(held.parameterType(0)));
        Object shape = HiddenClasses.make(maker, erased);
        return new BoundTarget(shape, "constant:" + value, MethodHandles.dropArguments(gives, 0, type.parameterList()));
    }
}
