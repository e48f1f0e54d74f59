package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// The defaults of patchables, to be called where a method itself would lead to its target.
///
/// | the method | its default |
/// | --- | --- |
/// | entry woven | a [copy][CopiedDefault] of its body in a hidden nestmate, made when it is first wanted |
/// | entry woven, and its body works only in its own class | the twin that the weaver has added, `repoint$default$name` |
/// | calls woven, entry not | the method itself: a handle is no woven call |
public final class Defaults {

    /// What the weaver puts before a method's name for its twin.
    static final String TWIN = "repoint$default$";

    private Defaults() {}

    /// Whether the entry of a method is woven, as far as can be told before it links.
    static boolean isWoven(Class<?> owner, Key key) {
        try {
            return twin(owner, key) != null || OwnClassFile.isWoven(owner, key);
        } catch (LinkageError e) {
            return false; // a class that some method names is missing
        }
    }

    private static @Nullable Method twin(Class<?> owner, Key key) {
        String name = TWIN + key.name();
        // Not getDeclaredMethod: a method and its bridge have twins that differ in the return type alone.
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(name)
                    && method.isSynthetic()
                    && Modifier.isPrivate(method.getModifiers())
                    && Key.of(method).descriptor().equals(key.descriptor())) {
                return method;
            }
        }
        return null;
    }

    /// The default.
    ///
    /// @param access a look-up that may call the method; with full access if the entry is woven
    /// @throws PatchException if its body can stand nowhere else
    static CopiedDefault of(Signature wanted, boolean entry, MethodHandles.Lookup access) {
        MethodHandle method = method(wanted, entry, access);
        return method != null ? new CopiedDefault(method, null) : copy(wanted, access);
    }

    /// The method that is the default, or null if there is none.
    private static @Nullable MethodHandle method(Signature wanted, boolean entry, MethodHandles.Lookup access) {
        Class<?> owner = wanted.method().getDeclaringClass();
        try {
            Method twin = twin(owner, wanted.key());
            if (twin != null) {
                return Access.into(owner, access).unreflect(twin).asFixedArity();
            }
            return entry ? null : access.unreflect(wanted.method()).asFixedArity();
        } catch (IllegalAccessException e) {
            throw inaccessible(wanted, access, e);
        }
    }

    private static CopiedDefault copy(Signature wanted, MethodHandles.Lookup access) {
        try {
            MethodHandles.Lookup given = Access.into(wanted.method().getDeclaringClass(), access);
            MethodHandles.Lookup linked = wanted.point().entryLookup();
            return CopiedDefault.of(wanted, linked == null ? FullAccess.of(given) : linked);
        } catch (IllegalAccessException e) {
            throw inaccessible(wanted, access, e);
        }
    }

    private static PatchRefusal inaccessible(
            Signature wanted, MethodHandles.Lookup access, IllegalAccessException cause) {
        return new PatchRefusal(
                wanted.key(),
                ": its default is not accessible to " + access.lookupClass().getName(),
                cause);
    }

    /// A look-up that may call the default of a method: into its class, or where that is closed the one that there is,
    /// which may call a method that everybody may.
    ///
    /// @param access of whoever wants to call it
    static MethodHandles.Lookup within(Point point, MethodHandles.Lookup access) {
        MethodHandles.Lookup entry = point.entryLookup();
        if (entry != null) {
            return entry;
        }
        try {
            return Access.into(point.owner(), access);
        } catch (IllegalAccessException denied) {
            try {
                return Access.into(point.owner());
            } catch (IllegalAccessException e) {
                return access;
            }
        }
    }
}
