package dev.repoint.weaver.rules;

import dev.repoint.weaver.outline.AccessFlags;
import org.jspecify.annotations.Nullable;

/// The twin of a patched method whose body works only in its own class: a private copy of its default. With the twin,
/// code can call the default.
public final class Twins {

    /// The prefix of the method's name. It comes first, because frameworks look for methods by the beginnings of
    /// their names.
    static final String PREFIX = WovenMark.PREFIX + "default$";

    /// A twin takes the same lock as its method. All other flags do not matter, because only Repoint calls the twin.
    private static final int KEPT = AccessFlags.STATIC | AccessFlags.SYNCHRONIZED | AccessFlags.STRICT;

    private Twins() {}

    /// The name of a method's twin.
    public static String nameOf(String method) {
        return PREFIX + method;
    }

    /// The name of the method whose twin would have this name, or null.
    static @Nullable String methodOf(String twin) {
        return twin.startsWith(PREFIX) ? twin.substring(PREFIX.length()) : null;
    }

    /// The access flags of a method's twin.
    ///
    /// @param flags the access flags of the method
    public static int flagsOf(int flags) {
        return flags & KEPT | AccessFlags.PRIVATE | AccessFlags.SYNTHETIC;
    }
}
