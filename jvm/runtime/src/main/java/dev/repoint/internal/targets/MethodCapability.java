package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.Target;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.Points;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A point together with a look-up that proved its right to change it. What [dev.repoint.PatchableMethod] is
/// made of, and documented there.
///
/// Thread-safe.
public final class MethodCapability implements Capability {

    private final Point point;
    private final Signature signature;
    private final MethodHandles.Lookup lookup;

    private MethodCapability(Point point, Signature signature, MethodHandles.Lookup lookup) {
        this.point = point;
        this.signature = signature;
        this.lookup = lookup;
    }

    /// Looks a patchable up.
    ///
    /// @param lookup has full access to the owner, or may call the method if only its calls are woven
    /// @param owner the class that declares the method; it is not initialised
    /// @param name the method's name
    /// @param type the method's type without a receiver, or null if the name is enough
    /// @return the control
    /// @throws PatchException if there is no such method or more than one, if it is not woven, or if access is
    ///     denied
    public static MethodCapability find(
            MethodHandles.Lookup lookup, Class<?> owner, String name, @Nullable MethodType type) {
        Signature signature = Signature.of(method(owner, name, type));
        Point point = Points.of(owner, name, signature.key().descriptor());
        boolean entry = point.hasEntry() || Defaults.isWoven(owner, signature.key());
        if (!entry && !point.isLinked() && !Weaving.hasSites(signature.key())) {
            throw new PatchRefusal(
                    signature.key(),
                    " is not patchable: neither the method nor calls of it are woven;"
                            + " weave its class, or run with the agent and name it there"
                            + (OwnClassFile.isThere(owner)
                                    ? ""
                                    : " (if its class is woven, call it once first: its class loader does not give"
                                            + " its class file)"));
        }
        if (entry) {
            point.declareEntry();
        }
        requireAccess(lookup, signature, entry);
        return new MethodCapability(point, signature, lookup);
    }

    @Override
    public Point point() {
        return point;
    }

    public MethodType type() {
        return signature.type();
    }

    public Optional<MethodHandle> target() {
        return Optional.ofNullable(point.target().handle());
    }

    @Override
    public String targetName() {
        return point.target().name();
    }

    public MethodHandle defaultHandle() {
        return Defaults.of(signature, point.hasEntry(), lookup).handle();
    }

    @Override
    public TargetRequest request(Target target) {
        ClassLoader loader = signature.method().getDeclaringClass().getClassLoader();
        return new TargetRequest.OfMethod(point, () -> TargetResolver.of(signature, target, lookup, loader, null));
    }

    private static Method method(Class<?> owner, String name, @Nullable MethodType type) {
        Method[] declared;
        try {
            declared = owner.getDeclaredMethods();
        } catch (LinkageError e) {
            throw new PatchRefusal(owner.getName() + " cannot be read: " + e, e);
        }
        List<Method> named = Arrays.stream(declared)
                .filter(method -> method.getName().equals(name))
                .filter(method -> type == null ? !method.isBridge() : isOfType(method, type))
                .toList();
        if (named.size() == 1) {
            return named.get(0);
        }
        String wanted = owner.getName() + "." + name;
        if (named.isEmpty()) {
            throw Missing.method(owner, name, wanted + (type == null ? "" : Types.text(type)));
        }
        List<Key> keys = named.stream().map(Key::of).sorted().toList();
        throw new PatchRefusal(wanted + " is ambiguous; name one of " + String.join(", ", Key.texts(keys)));
    }

    private static boolean isOfType(Method method, MethodType type) {
        return method.getReturnType() == type.returnType()
                && Arrays.equals(method.getParameterTypes(), type.parameterArray());
    }

    private static void requireAccess(MethodHandles.Lookup lookup, Signature signature, boolean entry) {
        Class<?> owner = signature.method().getDeclaringClass();
        try {
            Access.into(owner, lookup);
        } catch (IllegalAccessException denied) {
            boolean callable = Modifier.isPublic(signature.method().getModifiers())
                    && Modifier.isPublic(owner.getModifiers())
                    && owner.getModule()
                            .isExported(
                                    owner.getPackageName(), lookup.lookupClass().getModule());
            if (entry || !callable) {
                throw new PatchRefusal(
                        signature.key(),
                        " may not be patched by "
                                + lookup.lookupClass().getName() + ": " + denied.getMessage()
                                + "; open its package to that module",
                        denied);
            }
        }
    }
}
