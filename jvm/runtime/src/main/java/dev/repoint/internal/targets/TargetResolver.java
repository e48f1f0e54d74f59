package dev.repoint.internal.targets;

import dev.repoint.Target;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldValue;
import dev.repoint.internal.point.Point;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// Finds the targets that policies and offers choose, for methods and fields.
public final class TargetResolver {

    private TargetResolver() {}

    /// The target that a text names. Runs code of the application.
    ///
    /// @param loader where the class of a named target is looked for first; the system's loader is asked next
    /// @throws dev.repoint.PatchException if it cannot be found, or does not fit
    public static BoundTarget named(Choosable point, Target.Written target, @Nullable ClassLoader loader) {
        return switch (point) {
            case Point method -> NamedTargets.of(Signature.of(method), target, loader);
            case FieldPoint field ->
                target instanceof Target.Default
                        ? BoundTarget.DEFAULT
                        : FieldValue.target(FieldValues.of(field.key(), typeOf(field), target, loader));
        };
    }

    /// The target that a method handle is.
    ///
    /// @param name how messages speak of it
    /// @throws dev.repoint.PatchException if it does not fit
    public static BoundTarget handle(Choosable point, MethodHandle handle, String name) {
        return switch (point) {
            case Point method -> {
                BoundTarget made = HandleTargets.of(Signature.of(method), handle, MethodHandles.publicLookup(), name);
                yield new BoundTarget(made.shape(), name, made.handle(), made.callee());
            }
            case FieldPoint field -> FieldValue.target(FieldValues.ofHandle(field.key(), typeOf(field), handle, name));
        };
    }

    private static Class<?> typeOf(FieldPoint field) {
        return FieldValues.typeOf(field.owner(), field.key());
    }
}
