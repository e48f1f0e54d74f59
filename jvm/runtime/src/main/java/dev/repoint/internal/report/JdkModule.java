package dev.repoint.internal.report;

import java.util.Optional;

/// A module of the JDK that the runtime can do without.
public final class JdkModule {

    private JdkModule() {}

    /// Whether the runtime can use a module. It may be missing, or not be among those of the program; and the
    /// class loader of the runtime may find no more than `java.base`, as those of bundles do.
    ///
    /// @param name of the module
    /// @param className a class that it exports; it is loaded and not initialised
    public static boolean isUsable(String name, String className) {
        Optional<Module> module = ModuleLayer.boot().findModule(name);
        if (module.isEmpty() || !JdkModule.class.getModule().canRead(module.get())) {
            return false;
        }
        ClassLoader loader = JdkModule.class.getClassLoader();
        if (loader == null || loader == ClassLoader.getSystemClassLoader()) {
            return true;
        }
        try {
            return Class.forName(className, false, loader).getModule() == module.get();
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false; // a loader of the application may do as it likes
        }
    }
}
