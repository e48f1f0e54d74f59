package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.Target;
import dev.repoint.internal.point.FieldValue;
import dev.repoint.internal.report.Nearest;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The values that fields are given: found by what a text names, checked, and written for people to read.
public final class FieldValues {

    private static final MethodType TO_OBJECT = MethodType.methodType(Object.class);

    private FieldValues() {}

    /// The value that a text names.
    ///
    /// @param type the field's type
    /// @param loader where a class is looked for first; the system's loader is asked next
    /// @throws PatchException if it cannot be found, or does not fit
    public static @Nullable Object of(Key field, Class<?> type, Target.Written target, @Nullable ClassLoader loader) {
        if (target instanceof Target.Named named) {
            Class<?> owner = NamedTargets.load(field, named, loader);
            return named(field, type, named, owner, NamedTargets.accessTo(owner));
        }
        if (target instanceof Target.Constant constant) {
            return Constants.parse(field, type, constant.text());
        }
        if (target instanceof Target.Nothing) {
            throw new PatchRefusal(
                    field, " is a field and cannot do nothing; set it to a value, such as true or constant:null");
        }
        throw new IllegalArgumentException("the default is not a value by itself");
    }

    /// The value that a method handle gives a field of a functional interface.
    ///
    /// @param name how messages speak of the handle
    /// @throws PatchException if the field has another type, or the handle does not fit
    public static Object ofHandle(Key field, Class<?> type, MethodHandle handle, String name) {
        MethodType wanted = typeOf(field, type, name);
        if (!Types.fits(handle.type(), wanted)) {
            throw new PatchRefusal(
                    field,
                    " has the type " + type.getTypeName() + ", whose method has "
                            + Types.text(wanted) + ", the target " + name + " has " + Types.text(handle.type())
                            + "; give a target of the same type");
        }
        return instance(field, type, handle);
    }

    /// The type of a field.
    ///
    /// @throws PatchException if the class does not declare it, or a class that it names is missing
    public static Class<?> typeOf(Class<?> owner, Key key) {
        try {
            for (Field field : owner.getDeclaredFields()) {
                if (field.getName().equals(key.name()) && Key.of(field).equals(key)) {
                    return field.getType();
                }
            }
        } catch (LinkageError e) {
            throw new PatchRefusal(key, ": its class cannot be read: " + e, e);
        }
        throw new PatchRefusal(key, ": the class declares no such field");
    }

    /// The value of a static field of a class, or one of its static methods as an object of the functional interface
    /// that the field has.
    ///
    /// @throws PatchException if there is none, or it does not fit
    static @Nullable Object member(Key field, Class<?> type, Class<?> owner, String name, MethodHandles.Lookup access) {
        return named(field, type, new Target.Named(Key.nameOf(owner), name, null), owner, access);
    }

    /// A value, if the field can hold it.
    ///
    /// @throws PatchException if it is of another type
    static @Nullable Object fitting(Key field, Class<?> type, @Nullable Object value) {
        Class<?> boxed = MethodType.methodType(type).wrap().returnType();
        if (value == null ? type.isPrimitive() : !boxed.isInstance(value)) {
            String found = value == null
                    ? "null"
                    : FieldValue.text(value) + " has the type "
                            + value.getClass().getTypeName();
            throw new PatchRefusal(
                    field,
                    " has the type " + type.getTypeName() + ", the value " + found + "; give a value of the same type");
        }
        return value;
    }

    private static @Nullable Object named(
            Key field, Class<?> type, Target.Named target, Class<?> owner, MethodHandles.Lookup access) {
        try {
            if (target.parameters() == null) {
                for (Field candidate : owner.getDeclaredFields()) {
                    if (candidate.getName().equals(target.name()) && Modifier.isStatic(candidate.getModifiers())) {
                        return ofField(field, type, candidate, access);
                    }
                }
            }
            return ofMethod(field, type, target, owner, access);
        } catch (IllegalAccessException e) {
            throw new PatchRefusal(
                    field, ": its value " + target + " is not accessible; make it public, or open its package", e);
        }
    }

    private static @Nullable Object ofField(Key field, Class<?> type, Field from, MethodHandles.Lookup access)
            throws IllegalAccessException {
        if (!Types.fits(MethodType.methodType(from.getType()), MethodType.methodType(type))) {
            throw new PatchRefusal(
                    field,
                    " has the type " + type.getTypeName() + ", " + Key.of(from) + " has "
                            + from.getType().getTypeName() + "; give a value of the same type");
        }
        try {
            return access.unreflectGetter(from).asType(TO_OBJECT).invokeExact();
        } catch (Throwable e) {
            throw new PatchRefusal(field, ": " + Key.of(from) + " cannot be read: " + e, e);
        }
    }

    /// A static method as an object of the functional interface that the field has.
    private static Object ofMethod(
            Key field, Class<?> type, Target.Named target, Class<?> owner, MethodHandles.Lookup access)
            throws IllegalAccessException {
        List<Method> named = NamedTargets.methods(owner, target.name(), target.parameters());
        named = named.stream()
                .filter(method -> Modifier.isStatic(method.getModifiers()))
                .toList();
        if (named.isEmpty()) {
            throw none(field, owner, target);
        }
        MethodType wanted = typeOf(field, type, target.toString());
        for (Method method : named) {
            MethodHandle handle = access.unreflect(method).asFixedArity();
            if (Types.fits(handle.type(), wanted)) {
                return instance(field, type, handle);
            }
        }
        List<String> found = named.stream()
                .map(method -> Types.text(MethodType.methodType(method.getReturnType(), method.getParameterTypes())))
                .toList();
        throw new PatchRefusal(
                field,
                " has the type " + type.getTypeName() + ", whose method has "
                        + Types.text(wanted) + ", the target " + target + " has " + String.join(" and ", found)
                        + "; give a target of the same type");
    }

    private static MethodType typeOf(Key field, Class<?> type, String target) {
        try {
            Method method = FunctionalInterfaces.method(type);
            return MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        } catch (PatchException e) {
            throw new PatchRefusal(
                    field,
                    " cannot lead to the method " + target + ": " + e.getMessage()
                            + "; name a static field that holds a value",
                    e);
        }
    }

    private static Object instance(Key field, Class<?> type, MethodHandle method) {
        try {
            return MethodHandleProxies.asInterfaceInstance(type, method);
        } catch (IllegalArgumentException e) {
            throw new PatchRefusal(
                    field,
                    ": no object of " + type.getTypeName() + " can be made from a method: " + e.getMessage()
                            + "; name a static field that holds one",
                    e);
        }
    }

    private static PatchException none(Key field, Class<?> owner, Target.Named target) {
        String wanted = owner.getName() + "." + target.name();
        List<Key> all = new ArrayList<>();
        for (Field candidate : owner.getDeclaredFields()) {
            if (Modifier.isStatic(candidate.getModifiers())) {
                all.add(Key.of(candidate));
            }
        }
        Arrays.stream(owner.getDeclaredMethods()).map(Key::of).forEach(all::add);
        List<String> nearest = Nearest.to(wanted, all, 3);
        return new PatchRefusal(
                field,
                ": there is no static field or method " + target
                        + (nearest.isEmpty() ? "" : "; did you mean " + String.join(" or ", nearest) + "?"));
    }
}
