package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.Patchable;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldPoints;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A field's point together with a look-up that proved its right to assign the field. What
/// [dev.repoint.PatchableField] is made of, and documented there.
///
/// Thread-safe.
public final class FieldCapability implements Capability {

    private final FieldPoint point;
    private final Class<?> type;
    private final MethodHandles.Lookup lookup;
    private final FieldAccess access;

    private FieldCapability(FieldPoint point, Class<?> type, MethodHandles.Lookup lookup, FieldAccess access) {
        this.point = point;
        this.type = type;
        this.lookup = lookup;
        this.access = access;
    }

    /// Looks a patchable field up.
    ///
    /// @param lookup may assign the field, or has full access to the owner
    /// @param owner the class that declares the field; it is not initialised
    /// @param name the field's name
    /// @return the control
    /// @throws PatchException if there is no such field, if it is not static or is final, if no use of it is
    ///     woven and it carries no [Patchable], or if access is denied
    public static FieldCapability find(MethodHandles.Lookup lookup, Class<?> owner, String name) {
        Field field = field(owner, name);
        Key key = Key.of(field);
        if (!Modifier.isStatic(field.getModifiers())) {
            throw new PatchRefusal(key, " cannot be patched: it is not static");
        }
        if (Modifier.isFinal(field.getModifiers())) {
            throw new PatchRefusal(key, " cannot be patched: it is final, and compiled code has its value already");
        }
        FieldPoint point = FieldPoints.of(owner, name, key.descriptor());
        if (!point.isLinked() && !Weaving.hasSites(key) && !field.isAnnotationPresent(Patchable.class)) {
            throw new PatchRefusal(
                    key,
                    " is not patchable: it does not carry @Patchable, and no use of it is woven;"
                            + " weave the classes that use it, or run with the agent and name it there");
        }
        return new FieldCapability(point, field.getType(), lookup, access(lookup, field, key));
    }

    @Override
    public FieldPoint point() {
        return point;
    }

    public Class<?> type() {
        return type;
    }

    @Override
    public String targetName() {
        return point.targetName();
    }

    public @Nullable Object get() {
        return access.get();
    }

    @Override
    public TargetRequest request(Target target) {
        ClassLoader loader = point.owner().getClassLoader();
        return new TargetRequest.OfField(
                point, access, () -> TargetResolver.of(key(), type, target, lookup, loader, null));
    }

    public void refresh() {
        access.initialize(key());
        point.refresh(access);
    }

    private static Field field(Class<?> owner, String name) {
        Field[] declared;
        try {
            declared = owner.getDeclaredFields();
        } catch (LinkageError e) {
            throw new PatchRefusal(owner.getName() + " cannot be read: " + e, e);
        }
        for (Field field : declared) {
            if (field.getName().equals(name)) {
                return field;
            }
        }
        String wanted = Key.nameOf(owner) + "." + name;
        for (Class<?> above = owner.getSuperclass(); above != null; above = above.getSuperclass()) {
            for (Field inherited : above.getDeclaredFields()) {
                if (inherited.getName().equals(name)) {
                    throw new PatchRefusal(
                            wanted + " is inherited; name the class that declares it: " + Key.of(inherited));
                }
            }
        }
        List<String> nearest =
                Nearest.to(wanted, Arrays.stream(declared).map(Key::of).toList(), 3);
        throw new PatchRefusal("there is no field " + wanted
                + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?"));
    }

    private static FieldAccess access(MethodHandles.Lookup lookup, Field field, Key key) {
        Class<?> owner = field.getDeclaringClass();
        try {
            return FieldAccess.of(Access.into(owner, lookup), owner, field.getName(), field.getType());
        } catch (ReflectiveOperationException denied) {
            try {
                return FieldAccess.of(lookup, owner, field.getName(), field.getType());
            } catch (ReflectiveOperationException e) {
                throw new PatchRefusal(
                        key,
                        " may not be patched by " + lookup.lookupClass().getName() + ": " + denied.getMessage()
                                + "; open its package to that module",
                        denied);
            }
        }
    }
}
