package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.internal.report.PatchRefusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads the value of `constant:VALUE` by the return type of a method, or the type of a field.
public final class Constants {

    private Constants() {}

    /// The value.
    ///
    /// @throws PatchException if the text is not a value of that type, or values of that type cannot be written
    static @Nullable Object parse(Signature wanted, String text) {
        Class<?> type = wanted.type().returnType();
        if (type == void.class) {
            throw new PatchRefusal(wanted.key(), " returns void and no constant; set it to nothing instead");
        }
        return parse(wanted.key() + " returns " + type.getTypeName(), "method", type, text);
    }

    /// The value for a field.
    ///
    /// @throws PatchException if the text is not a value of its type, or values of that type cannot be written
    public static @Nullable Object parse(Key field, Class<?> type, String text) {
        return parse(field + " has the type " + type.getTypeName(), "static field", type, text);
    }

    /// @param about what the patchable is, for messages
    /// @param instead what can be named in place of a constant
    private static @Nullable Object parse(String about, String instead, Class<?> type, String text) {
        if (!type.isPrimitive() && text.equals("null")) {
            return null;
        }
        try {
            return value(about, instead, type, text);
        } catch (IllegalArgumentException e) {
            throw new PatchRefusal(about + ": '" + text + "' is no value of it", e);
        }
    }

    private static Object value(String about, String instead, Class<?> type, String text) {
        if (type == String.class || type == CharSequence.class || type == Object.class) {
            return text;
        }
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .filter(constant -> ((Enum<?>) constant).name().equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new);
        }
        return switch (type.getName()) {
            case "boolean", "java.lang.Boolean" -> bool(text);
            case "byte", "java.lang.Byte" -> Byte.decode(text);
            case "short", "java.lang.Short" -> Short.decode(text);
            case "int", "java.lang.Integer" -> Integer.decode(text);
            case "long", "java.lang.Long" -> Long.decode(text);
            case "float", "java.lang.Float" -> Float.valueOf(text);
            case "double", "java.lang.Double" -> Double.valueOf(text);
            case "char", "java.lang.Character" -> character(text);
            default ->
                throw new PatchRefusal(
                        about + ", of which no constant can be written but null; name a " + instead + " instead");
        };
    }

    private static Object bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        };
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException();
        }
        return text.charAt(0);
    }
}
