package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldValue;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// Finds, checks and makes the target that a value stands for. Runs code of the application.
public final class TargetResolver {

    private TargetResolver() {}

    /// The target that a text names.
    ///
    /// @param loader where the class of a named target is looked for first; the system's loader is asked next
    /// @throws PatchException if it cannot be found, or does not fit
    public static BoundTarget named(Choosable point, Target.Written target, @Nullable ClassLoader loader) {
        return of(point, target, loader, null);
    }

    /// A target that somebody offers.
    ///
    /// @param loader as for [#named]
    /// @param name how messages speak of it
    /// @throws PatchException if it cannot be found, or does not fit
    public static BoundTarget offered(Choosable point, Target target, @Nullable ClassLoader loader, String name) {
        BoundTarget made = of(point, target, loader, name);
        boolean isCalled = point instanceof Point && !(target instanceof Target.Written);
        return isCalled ? new BoundTarget(made.shape(), name, made.handle(), made.callee()) : made;
    }

    private static BoundTarget of(Choosable point, Target target, @Nullable ClassLoader loader, @Nullable String name) {
        MethodHandles.Lookup access = target instanceof Target.Declared declared
                ? NamedTargets.accessTo(declared.owner()) // as if a text named it
                : MethodHandles.publicLookup();
        return point instanceof FieldPoint field
                ? of(field.key(), FieldValues.typeOf(field.owner(), field.key()), target, access, loader, name)
                : of(Signature.of((Point) point), target, access, loader, name);
    }

    /// The target of a method.
    ///
    /// @param access names what is given by itself, and not by a text
    /// @param loader as for [#named]
    /// @param name how messages speak of a method handle, or null
    /// @throws PatchException if it cannot be found, or does not fit
    static BoundTarget of(
            Signature wanted,
            Target target,
            MethodHandles.Lookup access,
            @Nullable ClassLoader loader,
            @Nullable String name) {
        if (target instanceof Target.Written written) {
            return NamedTargets.of(wanted, written, loader);
        }
        if (target instanceof Target.Loaded loaded) {
            return NamedTargets.of(wanted, loaded.named(), loaded.loader());
        }
        if (target instanceof Target.Value constant) {
            return ConstantTargets.constant(wanted, constant.value());
        }
        if (target instanceof Target.Declared declared) {
            return NamedTargets.of(wanted, declared.owner(), declared.name(), access);
        }
        if (target instanceof Target.Handle direct) {
            return HandleTargets.of(wanted, direct.handle(), access, name);
        }
        if (target instanceof Target.Functional functional) {
            return FunctionalTargets.of(wanted, functional.functionalInterface(), functional.implementation(), access);
        }
        if (target instanceof Target.Around around) {
            return WrappingTargets.handle(
                    wanted, around.handle(), access, around.name() == null ? name : around.name());
        }
        Target.FunctionalAround around = (Target.FunctionalAround) target;
        return WrappingTargets.functional(wanted, around.functionalInterface(), around.implementation(), access);
    }

    /// The target of a field: as [#of(Signature, Target, MethodHandles.Lookup, ClassLoader, String)].
    static BoundTarget of(
            Key field,
            Class<?> type,
            Target target,
            MethodHandles.Lookup access,
            @Nullable ClassLoader loader,
            @Nullable String name) {
        return target instanceof Target.Default
                ? BoundTarget.DEFAULT
                : FieldValue.target(value(field, type, target, access, loader, name));
    }

    private static @Nullable Object value(
            Key field,
            Class<?> type,
            Target target,
            MethodHandles.Lookup access,
            @Nullable ClassLoader loader,
            @Nullable String name) {
        if (target instanceof Target.Written written) {
            return FieldValues.of(field, type, written, loader);
        }
        if (target instanceof Target.Loaded loaded) {
            return FieldValues.of(field, type, loaded.named(), loaded.loader());
        }
        if (target instanceof Target.Value constant) {
            return FieldValues.fitting(field, type, constant.value());
        }
        if (target instanceof Target.Declared declared) {
            return FieldValues.member(field, type, declared.owner(), declared.name(), access);
        }
        if (target instanceof Target.Handle direct) {
            return FieldValues.ofHandle(field, type, direct.handle(), name == null ? "a method handle" : name);
        }
        if (target instanceof Target.Functional functional) {
            return FieldValues.fitting(field, type, functional.implementation());
        }
        throw new PatchRefusal(field, " is a field, and nothing calls it that a target could wrap; set it to a value");
    }
}
