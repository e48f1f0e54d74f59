package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.TargetSpec;
import dev.repoint.agent.weave.DeclaredMembers;
import dev.repoint.agent.weave.Suggestion;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds out whether targets will be accepted, before any of a patch of several is set: the runtime tells only
/// as it sets one. What passes here can still fail there, if the target's class cannot be initialised, say.
final class TargetCheck {

    private final Key key;
    private final MethodType wanted;

    private TargetCheck(Key key, MethodType wanted) {
        this.key = key;
        this.wanted = wanted;
    }

    /// Checks a target.
    ///
    /// @param key the method that it is for
    /// @param owner its class
    /// @param target the target
    /// @param loader where it is looked for, before the system class loader
    /// @throws PatchException if it cannot be set
    static void check(Key key, Class<?> owner, TargetSpec target, @Nullable ClassLoader loader) {
        TargetCheck check = new TargetCheck(key, typeOf(key, owner));
        switch (target) {
            case TargetSpec.Default() -> {}
            case TargetSpec.Nothing() -> check.nothing();
            case TargetSpec.Constant(String value) -> check.constant(value);
            case TargetSpec.Named named -> check.named(named, loader);
        }
    }

    private void nothing() {
        if (wanted.returnType() != void.class) {
            throw refused("cannot do nothing: it returns " + wanted.returnType().getTypeName()
                    + "; set it to a constant instead");
        }
    }

    private void constant(String text) {
        Class<?> type = wanted.returnType();
        if (type == void.class) {
            throw refused("returns void and no constant; set it to nothing instead");
        }
        try {
            Object unused = value(text, wanted.wrap().returnType(), type);
        } catch (IllegalArgumentException e) {
            throw new PatchException(key + " returns " + type.getTypeName() + ": '" + text + "' is no value of it", e);
        }
    }

    private static Object value(String text, Class<?> boxed, Class<?> type) {
        if (!type.isPrimitive() && text.equals("null") || type.isAssignableFrom(String.class)) {
            return text;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        return switch (boxed.getName()) {
            case "java.lang.Byte" -> Byte.decode(text);
            case "java.lang.Short" -> Short.decode(text);
            case "java.lang.Integer" -> Integer.decode(text);
            case "java.lang.Long" -> Long.decode(text);
            case "java.lang.Float" -> Float.valueOf(text);
            case "java.lang.Double" -> Double.valueOf(text);
            default -> {
                boolean isBoolean = boxed == Boolean.class && (text.equals("true") || text.equals("false"));
                if (isBoolean || boxed == Character.class && text.length() == 1) {
                    yield text;
                }
                throw new IllegalArgumentException();
            }
        };
    }

    private void named(TargetSpec.Named target, @Nullable ClassLoader loader) {
        Class<?> owner = TargetAccess.find(target, loader);
        if (owner == null) {
            throw refused(": there is no class " + target.owner() + " for its target; is it on the class path?");
        }
        KeyPattern pattern = target.pattern();
        List<Method> named = Arrays.stream(owner.getDeclaredMethods())
                .filter(method -> (!method.isBridge() || pattern.hasType()) && pattern.matches(Key.of(method)))
                .toList();
        if (named.isEmpty()) {
            List<String> nearest = DeclaredMembers.of(owner).nearest(pattern.text());
            throw refused(": there is no method " + pattern + Suggestion.of(nearest));
        }
        if (named.stream().noneMatch(method -> fits(type(method)))) {
            List<String> types =
                    named.stream().map(method -> text(type(method))).toList();
            throw refused("has the type " + text(wanted) + ", the target " + pattern + " has "
                    + String.join(" and ", types) + "; give a target of the same type");
        }
    }

    private boolean fits(MethodType target) {
        boolean fits =
                target.parameterCount() == wanted.parameterCount() && fits(target.returnType(), wanted.returnType());
        for (int i = 0; fits && i < target.parameterCount(); i++) {
            fits = fits(wanted.parameterType(i), target.parameterType(i));
        }
        return fits;
    }

    private static boolean fits(Class<?> from, Class<?> to) {
        return from == to || !from.isPrimitive() && !to.isPrimitive() && to.isAssignableFrom(from);
    }

    private static MethodType typeOf(Key key, Class<?> owner) {
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(key.name()) && Key.of(method).equals(key)) {
                return type(method);
            }
        }
        throw new PatchException("there is no method " + key);
    }

    /// The type of a method, with its receiver first.
    private static MethodType type(Method method) {
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return Modifier.isStatic(method.getModifiers())
                ? type
                : type.insertParameterTypes(0, method.getDeclaringClass());
    }

    private static String text(MethodType type) {
        List<String> parameters =
                type.parameterList().stream().map(Class::getTypeName).toList();
        return "(" + String.join(",", parameters) + ")" + type.returnType().getTypeName();
    }

    private PatchException refused(String why) {
        return new PatchException(key + (why.startsWith(":") ? "" : " ") + why);
    }
}
