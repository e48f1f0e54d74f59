package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.weaver.outline.AccessFlags;
import org.jspecify.annotations.Nullable;

/// Decides which fields can be patched.
public final class FieldRules {

    private FieldRules() {}

    /// The reason why a field cannot be patched.
    ///
    /// @param flags its access flags
    /// @return one line, or null if it can be patched
    public static @Nullable String refusal(int flags) {
        if ((flags & AccessFlags.STATIC) == 0) {
            return "an instance field cannot be patched: only a static field has one value for all its readers";
        }
        if ((flags & AccessFlags.FINAL) != 0) {
            return "a final field cannot be patched: compilers have copied its value into the code that reads it";
        }
        return null;
    }

    /// Whether a method is the initialiser of the class that declares a field. Its uses of the field can stay
    /// unchanged: while it runs, no reader has a constant.
    public static boolean isOwnInitializer(Key field, Key method) {
        return method.name().equals("<clinit>") && method.owner().equals(field.owner());
    }
}
