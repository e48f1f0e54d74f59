package dev.repoint.agent.trace;

import dev.repoint.agent.trace.Condition.Operator;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// The comparisons of conditions, on the types in which they are made. They call no code of the program.
final class Comparisons {

    private static final MethodHandles.Lookup SELF = MethodHandles.lookup();

    private Comparisons() {}

    /// A comparison of two numbers of one primitive type.
    ///
    /// @param type `long`, `double` or `boolean`
    /// @return `(type, type)boolean`
    static MethodHandle ofPrimitives(Class<?> type, Operator operator) {
        String name = switch (operator) {
            case EQUAL, DIFFERENT -> "equal";
            case LESS, AT_LEAST -> "less";
            case AT_MOST, GREATER -> "atMost";
        };
        MethodHandle found = find(name, type, type);
        boolean isNegated =
                operator == Operator.DIFFERENT || operator == Operator.AT_LEAST || operator == Operator.GREATER;
        if (!isNegated) {
            return found;
        }
        // What is not a number compares with nothing, so the order is turned and not negated.
        return switch (operator) {
            case DIFFERENT -> MethodHandles.filterReturnValue(found, find("not", boolean.class));
            case AT_LEAST -> turned(find("atMost", type, type));
            default -> turned(find("less", type, type));
        };
    }

    /// A comparison of an object with a constant.
    ///
    /// @return `(Object)boolean`
    static MethodHandle ofObject(Operator operator, @Nullable Object constant) {
        MethodHandle equal;
        if (constant == null) {
            equal = find("isNull", Object.class);
        } else if (constant instanceof String) {
            equal = MethodHandles.insertArguments(find("isText", Object.class, String.class), 1, constant);
        } else if (constant instanceof Boolean) {
            equal = MethodHandles.insertArguments(find("isBoolean", Object.class, boolean.class), 1, constant);
        } else {
            return MethodHandles.insertArguments(
                    find("isNumber", Object.class, Operator.class, Number.class), 1, operator, constant);
        }
        return operator == Operator.EQUAL ? equal : MethodHandles.filterReturnValue(equal, find("not", boolean.class));
    }

    /// Whether something was thrown.
    ///
    /// @return `(Throwable)boolean`
    static MethodHandle isThrown() {
        return MethodHandles.filterReturnValue(find("isNull", Object.class), find("not", boolean.class))
                .asType(MethodType.methodType(boolean.class, Throwable.class));
    }

    /// A comparison of what was thrown with the name of a class.
    ///
    /// @return `(Throwable)boolean`
    static MethodHandle ofThrown(Operator operator, String name) {
        MethodHandle equal = MethodHandles.insertArguments(find("isOfClass", Throwable.class, String.class), 1, name);
        return operator == Operator.EQUAL ? equal : MethodHandles.filterReturnValue(equal, find("not", boolean.class));
    }

    /// Negates.
    ///
    /// @return `(boolean)boolean`
    static MethodHandle not() {
        return find("not", boolean.class);
    }

    private static MethodHandle turned(MethodHandle comparison) {
        return MethodHandles.permuteArguments(comparison, comparison.type(), 1, 0);
    }

    private static MethodHandle find(String name, Class<?>... parameters) {
        try {
            return SELF.findStatic(Comparisons.class, name, MethodType.methodType(boolean.class, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    private static boolean not(boolean value) {
        return !value;
    }

    private static boolean equal(long left, long right) {
        return left == right;
    }

    private static boolean less(long left, long right) {
        return left < right;
    }

    private static boolean atMost(long left, long right) {
        return left <= right;
    }

    private static boolean equal(double left, double right) {
        return left == right;
    }

    private static boolean less(double left, double right) {
        return left < right;
    }

    private static boolean atMost(double left, double right) {
        return left <= right;
    }

    private static boolean equal(boolean left, boolean right) {
        return left == right;
    }

    private static boolean isNull(@Nullable Object object) {
        return object == null;
    }

    /// A string of that text, or an enum constant of that name.
    private static boolean isText(@Nullable Object object, String text) {
        return text.equals(object) || object instanceof Enum<?> constant && text.equals(constant.name());
    }

    private static boolean isBoolean(@Nullable Object object, boolean value) {
        return object instanceof Boolean found && found == value;
    }

    private static boolean isNumber(@Nullable Object object, Operator operator, Number number) {
        if (object instanceof Character character) {
            return operator.holds(Long.compare(character, number.longValue()));
        }
        if (object instanceof Long || object instanceof Integer || object instanceof Short || object instanceof Byte) {
            long found = ((Number) object).longValue();
            return operator.holds(
                    number instanceof Long
                            ? Long.compare(found, number.longValue())
                            : Double.compare(found, number.doubleValue()));
        }
        if (object instanceof Double || object instanceof Float) {
            double found = ((Number) object).doubleValue();
            return Double.isNaN(found) // compares with nothing
                    ? operator == Operator.DIFFERENT
                    : operator.holds(Double.compare(found + 0.0, number.doubleValue() + 0.0)); // -0.0 is 0.0
        }
        return operator == Operator.DIFFERENT;
    }

    private static boolean isOfClass(@Nullable Throwable thrown, String name) {
        Class<?> type = thrown == null ? null : thrown.getClass();
        while (type != null) {
            String found = type.getName();
            if (found.equals(name)
                    || found.substring(Math.max(found.lastIndexOf('.'), found.lastIndexOf('$')) + 1)
                            .equals(name)) {
                return true;
            }
            type = type.getSuperclass();
        }
        return false;
    }
}
