package dev.repoint.weaver.rules;

import dev.repoint.Key;
import org.jspecify.annotations.Nullable;

/// A constant that resolves to a wanted field.
///
/// @param constant its index
/// @param named binary name of the class in the constant
/// @param key the field
/// @param pointer whether the field links in pointer mode first
/// @param refusal the reason why uses of it in this class cannot be patched, or null
record FieldRef(
        int constant,
        String named,
        Key key,
        boolean pointer,
        @Nullable String refusal) {

    private static final String OBJECT = "Ljava/lang/Object;";

    /// Descriptor of the field.
    String descriptor() {
        return key.descriptor();
    }

    /// Descriptor of the type in the question to the runtime: the type of the field if it is primitive, otherwise
    /// `Object`.
    String erased() {
        char first = key.descriptor().charAt(0);
        return first == 'L' || first == '[' ? OBJECT : key.descriptor();
    }

    /// Whether the value from the runtime needs a cast.
    boolean isCast() {
        return erased().equals(OBJECT) && !key.descriptor().equals(OBJECT);
    }
}
