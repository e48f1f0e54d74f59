package dev.repoint.agent.runtime;

import dev.repoint.link.FieldLink;
import dev.repoint.link.Link;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Tells which runtime a class loader finds. A class that finds none must not be woven: it could not link.
///
/// Thread-safe.
public final class RuntimeVisibility {

    /// What to tell about a class that does not find it.
    public static final String REASON =
            "its class loader does not find the runtime of Repoint, and cannot be given one; let it delegate"
                    + " dev.repoint to its parent, and start the program with -javaagent";

    private static final @Nullable ClassLoader RUNTIME = Link.class.getClassLoader();

    /// Guarded by itself.
    private final Map<ClassLoader, VisibleRuntime> known = new WeakHashMap<>();

    /// What a class loader finds.
    public enum VisibleRuntime {
        /// The runtime that this agent works for.
        OURS,
        /// Another runtime: one that some class loader of the program has defined.
        ANOTHER,
        /// None.
        NONE
    }

    /// What classes of a loader find. Loaders of the application are asked to load a class that is loaded
    /// already.
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

    /// The same without asking a loader of the application: null if that would be necessary.
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

    /// Forgets what a loader finds: it has got a runtime.
    public void forget(ClassLoader loader) {
        synchronized (known) {
            known.remove(loader);
        }
    }

    /// The runtime's class that a loader finds, or null.
    public static @Nullable Class<?> linkOf(ClassLoader loader) {
        try {
            return Class.forName(Link.class.getName(), false, loader);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null; // a loader of the application may do as it likes
        }
    }

    private static VisibleRuntime finds(ClassLoader loader) {
        Class<?> link = linkOf(loader);
        if (link == Link.class) {
            try {
                // The other class that woven code names: the loader may not find it when that code asks for it.
                Class<?> unused = Class.forName(FieldLink.class.getName(), false, loader);
            } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
                return VisibleRuntime.NONE;
            }
        }
        return link == null ? VisibleRuntime.NONE : link == Link.class ? VisibleRuntime.OURS : VisibleRuntime.ANOTHER;
    }
}
