package dev.repoint.weaver;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import org.jspecify.annotations.Nullable;

/// The twin of a patched method: a private copy of its default in the same class, so that the default stays
/// callable.
final class Twins {

    /// In front of the method's name, as frameworks look for methods by how their names begin.
    private static final String PREFIX = Bridges.PREFIX + "default$";

    /// A twin locks what its method locks; nothing else of a method's flags matters for a copy that only
    /// Repoint calls.
    private static final int KEPT = ClassFile.ACC_STATIC | ClassFile.ACC_SYNCHRONIZED | ClassFile.ACC_STRICT;

    private Twins() {}

    /// The name of a method's twin.
    static String nameOf(String method) {
        return PREFIX + method;
    }

    /// The name of the method that a method of this name would be the twin of, or null.
    static @Nullable String methodOf(String twin) {
        return twin.startsWith(PREFIX) ? twin.substring(PREFIX.length()) : null;
    }

    /// The access flags of a method's twin.
    static int flagsOf(MethodModel method) {
        return method.flags().flagsMask() & KEPT | ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC;
    }

    /// Whether a class has a method where the twin would go.
    static boolean nameIsTaken(ClassModel owner, String method, String descriptor) {
        for (MethodModel other : owner.methods()) {
            if (other.methodType().equalsString(descriptor)
                    && other.methodName().equalsString(nameOf(method))) {
                return true;
            }
        }
        return false;
    }
}
