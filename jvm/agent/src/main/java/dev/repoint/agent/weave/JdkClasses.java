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
        String start = pattern.substring(0, wild < 0 ? Math.max(0, pattern.lastIndexOf('.')) : wild);
        for (Module module : ModuleLayer.boot().modules()) {
            if (areOf(module.getClassLoader()) && mayMatch(module, start, wild < 0)) {
                return true;
            }
        }
        return false;
    }

    /// @param start the name of a package, or what the names of classes start with
    private static boolean mayMatch(Module module, String start, boolean isPackage) {
        if (isPackage) {
            return module.getPackages().contains(start);
        }
        for (String packageName : module.getPackages()) {
            String inside = packageName.concat(".");
            if (inside.startsWith(start) || start.startsWith(inside)) {
                return true;
            }
        }
        return false;
    }
}
