package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.internal.agent.TwinSource;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// The defaults of patchables as handles that go round their own targets.
///
/// | the method | its default |
/// | --- | --- |
/// | entry woven as the class was built or loaded | its twin, `repoint$default$name` |
/// | entry woven in place | a twin in a hidden nestmate, from the [TwinSource] |
/// | calls woven, entry not | the method itself: a handle is no woven call |
public final class Defaults {

    /// What the weaver puts before a method's name for its twin.
    static final String TWIN = "repoint$default$";

    private Defaults() {}

    /// The twin that the weaver added, or null.
    static @Nullable Method twin(Signature wanted) {
        return twin(wanted.method().getDeclaringClass(), wanted.key());
    }

    /// Whether the weaver added a twin, as far as can be told.
    public static boolean hasTwin(Class<?> owner, Key key) {
        try {
            return twin(owner, key) != null;
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
    /// @throws PatchException if the method was woven in place and its body cannot stand anywhere else
    public static MethodHandle handle(Signature wanted, boolean entry, MethodHandles.Lookup access) {
        Class<?> owner = wanted.method().getDeclaringClass();
        try {
            Method twin = twin(wanted);
            if (twin != null) {
                return Access.into(owner, access).unreflect(twin).asFixedArity();
            }
            if (!entry) {
                return access.unreflect(wanted.method()).asFixedArity();
            }
            return hidden(wanted, Access.into(owner, access));
        } catch (IllegalAccessException e) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": its default is not accessible to " + access.lookupClass().getName(),
                    e);
        }
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

    private static MethodHandle hidden(Signature wanted, MethodHandles.Lookup given) throws IllegalAccessException {
        TwinSource source = Weaving.twins();
        if (source == null) {
            throw new PatchRefusal(
                    wanted.key(), " has no default of its own to call: its class was woven without twins");
        }
        MethodHandles.Lookup linked = wanted.point().entryLookup();
        // A look-up that came from another module may not define a class; that of the linked entry may.
        MethodHandles.Lookup owner = given.hasFullPrivilegeAccess() || linked == null ? given : linked;
        byte[] bytes = source.twin(
                owner.lookupClass(), wanted.key().name(), wanted.key().descriptor());
        try {
            MethodHandles.Lookup twin =
                    owner.defineHiddenClass(bytes, false, MethodHandles.Lookup.ClassOption.NESTMATE);
            MethodType type = wanted.type();
            return twin.findStatic(twin.lookupClass(), Shape.METHOD, type);
        } catch (NoSuchMethodException | LinkageError e) {
            throw new PatchRefusal(wanted.key(), ": its default cannot be defined beside its class: " + e, e);
        }
    }
}
