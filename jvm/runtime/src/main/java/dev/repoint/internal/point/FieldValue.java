package dev.repoint.internal.point;

import dev.repoint.internal.targets.FieldValues;
import org.jspecify.annotations.Nullable;

/// What stands for the target of a field, in the place of a method's [dev.repoint.shape.Shape]: a value to assign.
///
/// @param value of a primitive type boxed
public record FieldValue(@Nullable Object value) {

    /// The value as a target.
    public static BoundTarget target(@Nullable Object value) {
        return new BoundTarget(new FieldValue(value), "constant:" + FieldValues.text(value), null);
    }

    /// The value of a target, or null where that is the default: what the program gave the field.
    static @Nullable FieldValue of(BoundTarget target) {
        return (FieldValue) target.shape();
    }
}
