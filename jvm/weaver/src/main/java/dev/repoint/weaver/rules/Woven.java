package dev.repoint.weaver.rules;

import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;

/// Recognises woven code.
public final class Woven {

    private Woven() {}

    /// Whether a method starts with the prologue of an entry.
    public static boolean hasPrologue(MethodView method) {
        return LinkCalls.roleOf(method.firstBootstrap()) == LinkCalls.Role.ENTRY;
    }

    /// Whether a method of a woven class is a bridge.
    public static boolean isBridge(ClassView owner, MethodView method) {
        return isAdded(method) && !isTwin(owner, method);
    }

    /// Whether a method of a woven class is the twin of a method of the same class.
    public static boolean isTwin(ClassView owner, MethodView method) {
        String original = isAdded(method) ? Twins.methodOf(method.name()) : null;
        if (original == null) {
            return false;
        }
        for (MethodView other : owner.methods()) {
            if (other.name().equals(original) && other.descriptor().equals(method.descriptor()) && hasPrologue(other)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAdded(MethodView method) {
        return (method.flags() & AccessFlags.SYNTHETIC) != 0 && method.name().startsWith(WovenMark.PREFIX);
    }
}
