package dev.repoint.internal.classfile;

import java.util.List;

/// The methods of the JDK whose result depends on the frame that calls them. Code with such a call works only in its
/// own class: stack walks do not show the frames of hidden classes.
///
/// | class | methods |
/// | --- | --- |
/// | `StackWalker` | `getCallerClass`, `walk`, `forEach` |
/// | `Reflection` (`jdk.internal.reflect`, `sun.reflect`) | `getCallerClass` |
public final class StackReaders {

    /// The internal names of the classes.
    public static final List<String> CLASSES =
            List.of("java/lang/StackWalker", "jdk/internal/reflect/Reflection", "sun/reflect/Reflection");

    private StackReaders() {}

    /// Whether a method is one of these.
    public static boolean include(String owner, String name) {
        return switch (name) {
            case "getCallerClass" -> CLASSES.contains(owner);
            case "walk", "forEach" -> owner.equals(CLASSES.get(0));
            default -> false;
        };
    }
}
