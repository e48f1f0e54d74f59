package dev.repoint.weaver.outline;

import java.lang.reflect.Modifier;

/// The member that a constant resolves to.
///
/// @param owner internal name of the declaring class
/// @param flags its access flags, or -1 if it was not found
public record Member(String owner, int flags) {

    private static final int NOT_FOUND = -1;

    /// A member that was not found, with the class in the constant as its owner.
    static Member notFound(String symbolicOwner) {
        return new Member(symbolicOwner, NOT_FOUND);
    }

    public boolean isFound() {
        return flags != NOT_FOUND;
    }

    boolean isPrivate() {
        return isFound() && Modifier.isPrivate(flags);
    }

    public boolean isStatic() {
        return isFound() && Modifier.isStatic(flags);
    }

    boolean isAbstract() {
        return isFound() && Modifier.isAbstract(flags);
    }

    public boolean isSynthetic() {
        return isFound() && (flags & AccessFlags.SYNTHETIC) != 0;
    }

    /// Whether a class of another package can use it only as a subclass of its owner.
    public boolean isProtectedFor(String internalName) {
        return isFound() && Modifier.isProtected(flags) && !packageOf(owner).equals(packageOf(internalName));
    }

    private static String packageOf(String internalName) {
        int slash = internalName.lastIndexOf('/');
        return slash < 0 ? "" : internalName.substring(0, slash);
    }
}
