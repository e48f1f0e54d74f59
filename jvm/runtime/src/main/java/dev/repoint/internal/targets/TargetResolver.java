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
import java.lang.invoke.MethodHandle;
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
        return switch (point) {
            case Point method -> of(Signature.of(method), target, access, loader, name);
            case FieldPoint field ->
                of(field.key(), FieldValues.typeOf(field.owner(), field.key()), target, access, loader, name);
        };
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
        return switch (target) {
            case Target.Written written -> NamedTargets.of(wanted, written, loader);
            case Target.Loaded(Target.Named named, ClassLoader of) -> NamedTargets.of(wanted, named, of);
            case Target.Value(Object value) -> ConstantTargets.constant(wanted, value);
            case Target.Declared(Class<?> owner, String method) -> NamedTargets.of(wanted, owner, method, access);
            case Target.Handle(MethodHandle handle) -> HandleTargets.of(wanted, handle, access, name);
            case Target.Functional(Class<?> type, Object implementation) ->
                FunctionalTargets.of(wanted, type, implementation, access);
            case Target.Around(MethodHandle handle) -> WrappingTargets.handle(wanted, handle, access, name);
            case Target.FunctionalAround(Class<?> type, Object implementation) ->
                WrappingTargets.functional(wanted, type, implementation, access);
        };
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
        return switch (target) {
            case Target.Written written -> FieldValues.of(field, type, written, loader);
            case Target.Loaded(Target.Named named, ClassLoader of) -> FieldValues.of(field, type, named, of);
            case Target.Value(Object value) -> FieldValues.fitting(field, type, value);
            case Target.Declared(Class<?> owner, String member) ->
                FieldValues.member(field, type, owner, member, access);
            case Target.Handle(MethodHandle handle) ->
                FieldValues.ofHandle(field, type, handle, name == null ? "a method handle" : name);
            case Target.Functional functional -> FieldValues.fitting(field, type, functional.implementation());
            case Target.Around _, Target.FunctionalAround _ ->
                throw new PatchRefusal(
                        field, " is a field, and nothing calls it that a target could wrap; set it to a value");
        };
    }
}
