package dev.repoint.agent.weave;

import org.jspecify.annotations.Nullable;

/// The classes of the JDK, by their class loaders.
public final class JdkClasses {

    private JdkClasses() {}

    /// Whether classes of a loader belong to the JDK.
    ///
    /// @param loader the loader, or null for the bootstrap loader
    public static boolean areOf(@Nullable ClassLoader loader) {
        return loader == null || loader == ClassLoader.getPlatformClassLoader();
    }

    /// Whether a pattern of class names may match classes of the JDK.
    ///
    /// @param pattern for example `java.util.UUID` or `java.**`
    static boolean mayMatch(String pattern) {
        int wild = pattern.indexOf('*');
        String start = wild < 0 ? pattern.substring(0, pattern.lastIndexOf('.') + 1) : pattern.substring(0, wild);
        for (Module module : ModuleLayer.boot().modules()) {
            if (areOf(module.getClassLoader())) {
                for (String packageName : module.getPackages()) {
                    String inside = packageName.concat(".");
                    if (wild < 0 ? inside.equals(start) : inside.startsWith(start) || start.startsWith(inside)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
