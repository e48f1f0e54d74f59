package dev.repoint.link;

import org.jspecify.annotations.Nullable;

/// What stands for the target of a field, in the place of a method's [Shape]: a value to assign.
///
/// @param value of a primitive type boxed
record FieldValue(@Nullable Object value) {

    /// The value as a target.
    static Target target(@Nullable Object value) {
        return new Target(new FieldValue(value), "constant:" + FieldValues.text(value), null);
    }

    /// The value of a target, or null where that is the default: what the program gave the field.
    static @Nullable FieldValue of(Target target) {
        return (FieldValue) target.shape();
    }
}
