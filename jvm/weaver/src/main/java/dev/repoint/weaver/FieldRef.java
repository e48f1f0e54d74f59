package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.constantpool.FieldRefEntry;
import org.jspecify.annotations.Nullable;

/// A constant that resolves to a wanted field.
///
/// @param constant the constant
/// @param key the field
/// @param pointer whether the field links in pointer mode first
/// @param refusal the reason why uses of it in this class cannot be patched, or null
record FieldRef(
        FieldRefEntry constant,
        Key key,
        boolean pointer,
        @Nullable String refusal) {

    private static final String OBJECT = "Ljava/lang/Object;";

    /// Binary name of the class in the constant.
    String named() {
        return constant.owner().asInternalName().replace('/', '.');
    }

    /// Descriptor of the field.
    String descriptor() {
        return key.descriptor();
    }

    /// Descriptor of the type in the question to the runtime: the type of the field if it is primitive, otherwise
    /// `Object`.
    String erased() {
        return MethodShape.isReference(key.descriptor()) ? OBJECT : key.descriptor();
    }

    /// Whether the value from the runtime needs a cast.
    boolean isCast() {
        return MethodShape.isReference(key.descriptor()) && !key.descriptor().equals(OBJECT);
    }
}
