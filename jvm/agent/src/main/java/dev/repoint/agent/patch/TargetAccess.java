package dev.repoint.agent.patch;

import dev.repoint.Target;
import dev.repoint.agent.runtime.ModuleAccess;
import org.jspecify.annotations.Nullable;

/// Opens the packages of targets, so that the runtime can call members that are not public or not exported. An
/// operator who may change a program from outside may use all of its code.
///
/// Thread-safe.
final class TargetAccess {

    private final ModuleAccess access;

    TargetAccess(ModuleAccess access) {
        this.access = access;
    }

    /// Opens the package of a target, if its class can be found. Otherwise the runtime reports this.
    ///
    /// @param loader the loader to search first, as the runtime does
    void open(Target.Written target, @Nullable ClassLoader loader) {
        Class<?> owner = target instanceof Target.Named named ? find(named, loader) : null;
        if (owner != null) {
            access.open(owner);
        }
    }

    /// The class of a target, found in the same way as the runtime does, or null.
    static @Nullable Class<?> find(Target.Named target, @Nullable ClassLoader loader) {
        Class<?> owner = load(target.owner(), loader);
        return owner == null ? load(target.owner(), ClassLoader.getSystemClassLoader()) : owner;
    }

    private static @Nullable Class<?> load(String binaryName, @Nullable ClassLoader loader) {
        try {
            return Class.forName(binaryName, false, loader);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
