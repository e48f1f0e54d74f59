package dev.repoint.agent.runtime;

import dev.repoint.link.FieldLink;
import dev.repoint.link.MethodLink;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Finds out which runtime a class loader finds. A class that finds none must not be woven, because it could not
/// link.
///
/// Thread-safe.
public final class RuntimeVisibility {

    /// The reason for a class that finds no runtime.
    public static final String REASON =
            "its class loader does not find Repoint's runtime, and can get none; let it delegate"
                    + " dev.repoint to its parent, and start the program with -javaagent";

    private static final @Nullable ClassLoader RUNTIME = MethodLink.class.getClassLoader();

    /// Guarded by itself.
    private final Map<ClassLoader, VisibleRuntime> known = new WeakHashMap<>();

    /// The runtime that a class loader finds.
    public enum VisibleRuntime {
        /// The runtime of this agent.
        OURS,
        /// Another runtime, defined by a class loader of the program.
        ANOTHER,
        /// No runtime.
        NONE
    }

    /// The runtime that classes of a loader find. It asks loaders of the application to load a class that is already
    /// loaded.
    public VisibleRuntime of(@Nullable ClassLoader loader) {
        VisibleRuntime visibility = known(loader);
        if (visibility == null && loader != null) {
            visibility = finds(loader);
            synchronized (known) {
                known.put(loader, visibility);
            }
        }
        return visibility == null ? VisibleRuntime.NONE : visibility;
    }

    /// The same without a question to a loader of the application; null if one would be necessary.
    public @Nullable VisibleRuntime known(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return RUNTIME == null ? VisibleRuntime.OURS : VisibleRuntime.NONE;
        }
        if (loader == RUNTIME) {
            return VisibleRuntime.OURS;
        }
        if (loader == ClassLoader.getSystemClassLoader() && RUNTIME == null) {
            return VisibleRuntime.OURS;
        }
        synchronized (known) {
            return known.get(loader);
        }
    }

    /// Forgets the result for a loader, because it has got a runtime.
    public void forget(ClassLoader loader) {
        synchronized (known) {
            known.remove(loader);
        }
    }

    /// The runtime's class that a loader finds, or null.
    public static @Nullable Class<?> linkOf(ClassLoader loader) {
        try {
            return Class.forName(MethodLink.class.getName(), false, loader);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null; // a loader of the application may do as it likes
        }
    }

    private static VisibleRuntime finds(ClassLoader loader) {
        Class<?> link = linkOf(loader);
        if (link == MethodLink.class) {
            try {
                // The other class that woven code uses. A loader may not find it when this code needs it.
                Class<?> unused = Class.forName(FieldLink.class.getName(), false, loader);
            } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
                return VisibleRuntime.NONE;
            }
        }
        return link == null
                ? VisibleRuntime.NONE
                : link == MethodLink.class ? VisibleRuntime.OURS : VisibleRuntime.ANOTHER;
    }
}
