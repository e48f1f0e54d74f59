package dev.repoint.weaver;

import java.lang.classfile.ClassFile;

/// The method that a reference leads to.
///
/// @param owner internal name of the class that declares it
/// @param flags its access flags, or [#UNKNOWN] if the class file was not found: then the owner is the class that the
///     reference names
/// @param ofInterface whether the owner is an interface, as far as that is known
record ResolvedMethod(String owner, int flags, boolean ofInterface) {

    /// The flags of a method that nobody has seen.
    static final int UNKNOWN = -1;

    /// Whether the declaring class was found.
    boolean isKnown() {
        return flags != UNKNOWN;
    }

    boolean isStatic() {
        return isKnown() && (flags & ClassFile.ACC_STATIC) != 0;
    }

    boolean isPrivate() {
        return isKnown() && (flags & ClassFile.ACC_PRIVATE) != 0;
    }

    boolean isProtected() {
        return isKnown() && (flags & ClassFile.ACC_PROTECTED) != 0;
    }
}
