package dev.repoint.weaver;

import java.lang.classfile.ClassFile;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The twin of a patched method: a private copy of its default in the same class, so that the default stays
/// callable.
final class Twins {

    /// In front of the method's name, as frameworks look for methods by how their names begin.
    private static final String PREFIX = Bridges.PREFIX + "default$";

    /// The same as it stands in class files.
    static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);

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
    ///
    /// @param flags those of the method
    static int flagsOf(int flags) {
        return flags & KEPT | ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC;
    }
}
