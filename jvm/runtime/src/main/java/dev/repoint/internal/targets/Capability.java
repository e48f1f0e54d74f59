package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.PatchableState;
import dev.repoint.Target;
import dev.repoint.internal.point.Choosable;
import org.jspecify.annotations.Nullable;

/// A point together with the right to change it. What a [dev.repoint.PatchablePoint] is made of, and documented there.
///
/// Thread-safe.
public sealed interface Capability permits MethodCapability, FieldCapability {

    /// The point that it may change.
    Choosable point();

    default Key key() {
        return point().key();
    }

    default Mode mode() {
        return point().mode();
    }

    default void mode(Mode mode) {
        point().mode(mode);
    }

    default PatchableState state() {
        return point().state();
    }

    default boolean isDefault() {
        return point().isDefault();
    }

    String targetName();

    /// A request for a target. Nothing is looked up or checked before it is granted.
    TargetRequest request(Target target);

    /// Finds out whether a method or field can be given what a text names, without setting it. What passes here can
    /// still fail then, if a class cannot be initialised, for example.
    ///
    /// @param owner the class that declares it
    /// @param key the method or field, which need not be woven
    /// @param loader where a class that the target names is looked for first; the system's loader is asked next
    /// @throws PatchException if the target cannot be found, or does not fit
    static void check(Class<?> owner, Key key, Target.Written target, @Nullable ClassLoader loader) {
        if (target instanceof Target.Default) {
            return;
        }
        if (key.isField()) {
            Object unused = FieldValues.of(key, FieldValues.typeOf(owner, key), target, loader);
        } else {
            NamedTargets.check(Signature.of(owner, key), target, loader);
        }
    }
}
