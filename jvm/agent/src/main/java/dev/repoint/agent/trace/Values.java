package dev.repoint.agent.trace;

import dev.repoint.SafeText;
import java.lang.reflect.Array;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Prints values of a program without calling its code: a `toString` may be slow, change something, or call a traced method.
///
/// Numbers, texts, enum constants, classes and what holds them in the JDK's own collections are printed; of anything else the
/// class and the identity.
final class Values {

    private static final int MAX_TEXT = 120;
    private static final int MAX_ELEMENTS = 5;
    private static final int MAX_DEPTH = 2;

    private Values() {}

    /// One line of at most some hundred characters.
    static String text(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        append(text, value, 0);
        return cut(text.toString(), 3 * MAX_TEXT);
    }

    /// The class of an exception, and the message if no code of the program can be behind it.
    ///
    /// @return one line; empty for null
    static String thrown(@Nullable Throwable thrown) {
        if (thrown == null) {
            return "";
        }
        String name = SafeText.of(thrown.getClass().getName());
        String message = thrown.getClass().getClassLoader() == null ? thrown.getMessage() : null;
        return message == null ? name : name + ": " + cut(SafeText.of(message), MAX_TEXT);
    }

    private static void append(StringBuilder text, @Nullable Object value, int depth) {
        if (value == null
                || value instanceof Boolean
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Short
                || value instanceof Byte
                || value instanceof Double
                || value instanceof Float) {
            text.append(value);
        } else if (value instanceof String string) {
            text.append('"').append(cut(SafeText.of(string), MAX_TEXT)).append('"');
        } else if (value instanceof Character character) {
            text.append('\'').append(SafeText.of(character.toString())).append('\'');
        } else if (value instanceof Enum<?> constant) {
            text.append(constant.name());
        } else if (value instanceof Class<?> type) {
            text.append(type.getTypeName()).append(".class");
        } else if (value.getClass().isArray()) {
            appendArray(text, value, depth);
        } else if (isOfTheJdk(value) && value instanceof Collection<?> collection) {
            appendName(text, value);
            text.append(" of ").append(collection.size());
        } else if (isOfTheJdk(value) && value instanceof Map<?, ?> map) {
            appendName(text, value);
            text.append(" of ").append(map.size());
        } else {
            appendName(text, value);
            text.append('@').append(Integer.toHexString(System.identityHashCode(value)));
        }
    }

    private static void appendArray(StringBuilder text, Object array, int depth) {
        int length = Array.getLength(array);
        text.append(array.getClass().getComponentType().getTypeName())
                .append('[')
                .append(length)
                .append(']');
        if (depth == MAX_DEPTH || length == 0) {
            return;
        }
        text.append('{');
        for (int i = 0; i < Math.min(length, MAX_ELEMENTS); i++) {
            text.append(i == 0 ? "" : ", ");
            append(text, Array.get(array, i), depth + 1);
        }
        text.append(length > MAX_ELEMENTS ? ", ...}" : "}");
    }

    private static void appendName(StringBuilder text, Object value) {
        text.append(SafeText.of(value.getClass().getTypeName()));
    }

    /// Their size is a field, and asking for it calls nothing else. Views, which are nested classes, ask others.
    private static boolean isOfTheJdk(Object value) {
        Class<?> type = value.getClass();
        String name = type.getName();
        return type.getClassLoader() == null
                && type.getPackageName().equals("java.util")
                && (name.indexOf('$') < 0 || name.startsWith("java.util.ImmutableCollections$"));
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 3) + "...";
    }
}
