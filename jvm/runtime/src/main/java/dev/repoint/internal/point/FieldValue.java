package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// What stands for the target of a field, in the place of a method's [dev.repoint.shape.Shape]: a value to assign.
///
/// @param value of a primitive type boxed
public record FieldValue(@Nullable Object value) {

    /// The value as a target.
    public static BoundTarget target(@Nullable Object value) {
        return new BoundTarget(new FieldValue(value), "constant:" + text(value), null);
    }

    /// The value of a target, or null where that is the default: what the program gave the field.
    static @Nullable FieldValue of(BoundTarget target) {
        return (FieldValue) target.shape();
    }

    /// A value for people to read: no code of the application runs for it.
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        boolean isBoxed = value instanceof Number || value instanceof Boolean || value instanceof Character;
        return isBoxed && value.getClass().getName().startsWith("java.lang.")
                ? value.toString()
                : "an instance of " + value.getClass().getTypeName();
    }
}
