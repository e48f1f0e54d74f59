package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.ClassFile;
import org.jspecify.annotations.Nullable;

/// Which fields can be patched, and why not.
final class FieldRules {

    private FieldRules() {}

    /// Why a field cannot be patched.
    ///
    /// @param flags its access flags
    /// @return one line, or null if it can
    static @Nullable String refusal(int flags) {
        if ((flags & ClassFile.ACC_STATIC) == 0) {
            return "an instance field cannot be patched: only a static field has one value for all its readers";
        }
        if ((flags & ClassFile.ACC_FINAL) != 0) {
            return "a final field cannot be patched: compilers have copied its value into the code that reads it";
        }
        return null;
    }

    /// Whether a method is the initialiser of the class that declares a field. What it does with the field can
    /// stay as it is: while it runs nobody has a constant yet.
    static boolean isOwnInitializer(Key field, Key method) {
        return method.name().equals("<clinit>") && method.owner().equals(field.owner());
    }
}
