package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the targets that are named as text.
public final class NamedTargets {

    private NamedTargets() {}

    /// The target that a text names.
    ///
    /// @param loader where the class of a named method is looked for first; the system's loader is asked next
    /// @throws PatchException if it cannot be found, or does not fit
    public static BoundTarget of(Signature wanted, Target.Written target, @Nullable ClassLoader loader) {
        if (target instanceof Target.Named named) {
            return named(wanted, named, load(wanted.key(), named, loader));
        }
        if (target instanceof Target.Constant constant) {
            return ConstantTargets.constant(wanted, Constants.parse(wanted, constant.text()));
        }
        return target instanceof Target.Nothing ? ConstantTargets.nothing(wanted) : BoundTarget.DEFAULT;
    }

    /// Finds out whether a method can be given what a text names, and makes no target.
    ///
    /// @throws PatchException if it cannot be found, or does not fit
    static void check(Signature wanted, Target.Written target, @Nullable ClassLoader loader) {
        if (target instanceof Target.Nothing) {
            ConstantTargets.requireVoid(wanted);
        } else if (target instanceof Target.Constant constant) {
            Object unused = Constants.parse(wanted, constant.text());
        } else if (target instanceof Target.Named named) {
            Method method = method(wanted, named, load(wanted.key(), named, loader));
            if (WrappingTargets.wraps(method)) {
                WrappingTargets.requireFit(wanted, method);
            }
        }
    }

    /// The method of a class that fits a patchable.
    ///
    /// @throws PatchException if none does
    public static BoundTarget of(Signature wanted, Class<?> owner, String name, MethodHandles.Lookup access) {
        return of(wanted, method(wanted, owner, name, methods(owner, name, null)), access);
    }

    private static BoundTarget named(Signature wanted, Target.Named target, Class<?> owner) {
        return of(wanted, method(wanted, target, owner), accessTo(owner));
    }

    private static BoundTarget of(Signature wanted, Method method, MethodHandles.Lookup access) {
        String name = method.getDeclaringClass().getName() + "." + method.getName();
        MethodHandle handle = unreflect(wanted, method, access);
        return WrappingTargets.wraps(method)
                ? WrappingTargets.handle(wanted, handle, access, name)
                : HandleTargets.of(wanted, handle, access, name);
    }

    private static Method method(Signature wanted, Target.Named target, Class<?> owner) {
        List<Method> named = methods(owner, target.name(), target.parameters());
        // The wrong parameters: say which there are.
        return method(wanted, owner, target.name(), named.isEmpty() ? methods(owner, target.name(), null) : named);
    }

    /// Of methods of one name the one that fits best.
    private static Method method(Signature wanted, Class<?> owner, String name, List<Method> named) {
        for (boolean exact : new boolean[] {true, false}) {
            for (Method method : named) {
                if (fits(wanted, method, exact)) {
                    return method;
                }
            }
        }
        for (Method method : named) {
            if (WrappingTargets.wraps(method)) {
                WrappingTargets.requireFit(wanted, method); // says what is wrong
            }
        }
        throw none(wanted, owner, name, named);
    }

    private static boolean fits(Signature wanted, Method method, boolean exact) {
        if (WrappingTargets.wraps(method)) {
            return WrappingTargets.fits(wanted, method, exact);
        }
        MethodType type = Signature.of(method).type();
        return exact ? type.equals(wanted.type()) : Types.fits(type, wanted.type());
    }

    private static MethodHandle unreflect(Signature wanted, Method method, MethodHandles.Lookup access) {
        try {
            return access.unreflect(method);
        } catch (IllegalAccessException e) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": its target " + Key.of(method) + " is not accessible to "
                            + access.lookupClass().getName() + "; make it public, or open its package",
                    e);
        }
    }

    /// The methods of a class that have a name and, if given, a parameter list.
    static List<Method> methods(Class<?> owner, String name, @Nullable String parameters) {
        KeyPattern pattern = new Target.Named(Key.nameOf(owner), name, parameters).pattern();
        return Arrays.stream(declared(owner))
                .filter(method -> (!method.isBridge() || pattern.hasType()) && pattern.matches(Key.of(method)))
                .toList();
    }

    private static Method[] declared(Class<?> owner) {
        try {
            return owner.getDeclaredMethods();
        } catch (LinkageError e) {
            throw new PatchRefusal("the methods of " + owner.getName() + " cannot be read: " + e, e);
        }
    }

    private static PatchException none(Signature wanted, Class<?> owner, String name, List<Method> named) {
        String target = owner.getName() + "." + name;
        if (named.isEmpty()) {
            List<Key> all = new ArrayList<>();
            for (Method method : declared(owner)) {
                all.add(Key.of(method));
            }
            List<String> nearest = Nearest.to(target, all, 3);
            return new PatchRefusal(
                    wanted.key(),
                    ": there is no method " + target
                            + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?"));
        }
        List<String> types = named.stream()
                .map(method -> Types.text(Signature.of(method).type()))
                .toList();
        return new PatchRefusal(
                wanted.key(),
                " has the type " + Types.text(wanted.type()) + ", the target " + target
                        + " has " + String.join(" and ", types) + "; give a target of the same type"
                        + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
    }

    /// The class that a target is in.
    ///
    /// @throws PatchException if there is none
    static Class<?> load(Key wanted, Target.Named target, @Nullable ClassLoader loader) {
        try {
            return owner(target, loader);
        } catch (PatchException e) {
            throw new PatchRefusal(wanted + ": " + e.getMessage(), e);
        }
    }

    /// The class of a named target.
    ///
    /// @param loader where it is looked for first; the system's loader is asked next
    /// @throws PatchException if there is no such class
    public static Class<?> owner(Target.Named target, @Nullable ClassLoader loader) {
        try {
            return Class.forName(target.owner(), false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            try {
                return Class.forName(target.owner(), false, ClassLoader.getSystemClassLoader());
            } catch (ClassNotFoundException | LinkageError again) {
                throw new PatchRefusal(
                        "there is no class " + target.owner() + " for its target (" + again
                                + "); is it on the class path?",
                        again);
            }
        }
    }

    /// Full access to a class where its module allows it, else what everybody may do.
    static MethodHandles.Lookup accessTo(Class<?> owner) {
        try {
            return Access.into(owner);
        } catch (IllegalAccessException e) {
            return MethodHandles.lookup();
        }
    }
}
