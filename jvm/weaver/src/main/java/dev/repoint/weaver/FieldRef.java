package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.constantpool.FieldRefEntry;
import org.jspecify.annotations.Nullable;

/// A constant that resolves to a field whose uses are wanted.
///
/// @param constant the constant
/// @param key the field that it resolves to
/// @param pointer whether the field is first linked in pointer mode
/// @param refusal why uses of it in this class cannot be patched, or null
record FieldRef(
        FieldRefEntry constant,
        Key key,
        boolean pointer,
        @Nullable String refusal) {

    private static final String OBJECT = "Ljava/lang/Object;";

    /// Binary name of the class that the constant names.
    String named() {
        return constant.owner().asInternalName().replace('/', '.');
    }

    /// Descriptor of the field.
    String descriptor() {
        return key.descriptor();
    }

    /// Descriptor of the type that the runtime is asked for: that of the field if it is primitive, else
    /// `Object`.
    String erased() {
        return MethodShape.isReference(key.descriptor()) ? OBJECT : key.descriptor();
    }

    /// Whether what the runtime gives has to be cast.
    boolean isCast() {
        return MethodShape.isReference(key.descriptor()) && !key.descriptor().equals(OBJECT);
    }
}
