package dev.repoint.internal.point;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// How the runtime reads and assigns a static field: always as if it were volatile.
///
/// Holds no look-up. Thread-safe.
///
/// @param handle reads and assigns; what it throws while the class is being initialised is what the field
///     throws
public record FieldAccess(VarHandle handle) {

    /// The field that a name means, by the right of a look-up.
    ///
    /// @throws ReflectiveOperationException if there is none, or the look-up may not use it
    public static FieldAccess of(MethodHandles.Lookup lookup, Class<?> named, String name, Class<?> type)
            throws ReflectiveOperationException {
        return new FieldAccess(lookup.findStaticVarHandle(named, name, type));
    }

    /// The value, boxed.
    public @Nullable Object get() {
        return handle.getVolatile();
    }

    /// Runs the initialiser of the field's class, unless it has run.
    ///
    /// @param key of the field
    /// @throws PatchException if it fails
    public void initialize(Key key) {
        try {
            Object unused = get();
        } catch (LinkageError e) {
            throw new PatchRefusal(key, ": its class cannot be initialised: " + e, e);
        }
    }

    /// Assigns a value, boxed, of the field's type.
    void set(@Nullable Object value) {
        handle.setVolatile(value);
    }

    /// What reads the field, with the [erased][FieldReaders#erased] type.
    MethodHandle getter(Class<?> erased) {
        return handle.toMethodHandle(VarHandle.AccessMode.GET_VOLATILE).asType(MethodType.methodType(erased));
    }
}
