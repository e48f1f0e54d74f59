package dev.repoint.agent;

import dev.repoint.link.FieldLink;
import dev.repoint.link.Link;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Which class loaders find the runtime. A class that does not find it must not be woven: it could not link.
///
/// Thread-safe.
final class RuntimeSight {

    /// What to tell about a class that does not find it.
    static final String REASON =
            "its class loader does not find the runtime of Repoint, and cannot be given one; let it delegate"
                    + " dev.repoint to its parent, and start the program with -javaagent";

    private static final @Nullable ClassLoader RUNTIME = Link.class.getClassLoader();

    /// Guarded by itself.
    private final Map<ClassLoader, Sight> known = new WeakHashMap<>();

    /// What a class loader finds.
    enum Sight {
        /// The runtime that this agent works for.
        OURS,
        /// Another runtime: one that some class loader of the program has defined.
        ANOTHER,
        /// None.
        NONE
    }

    /// What classes of a loader find. Loaders of the application are asked to load a class that is loaded
    /// already.
    Sight of(@Nullable ClassLoader loader) {
        Sight sight = known(loader);
        if (sight == null && loader != null) {
            sight = finds(loader);
            synchronized (known) {
                known.put(loader, sight);
            }
        }
        return sight == null ? Sight.NONE : sight;
    }

    /// The same without asking a loader of the application: null if that would be necessary.
    @Nullable
    Sight known(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return RUNTIME == null ? Sight.OURS : Sight.NONE;
        }
        if (loader == RUNTIME) {
            return Sight.OURS;
        }
        if (loader == ClassLoader.getSystemClassLoader() && RUNTIME == null) {
            return Sight.OURS;
        }
        synchronized (known) {
            return known.get(loader);
        }
    }

    /// Forgets what a loader finds: it has got a runtime.
    void forget(ClassLoader loader) {
        synchronized (known) {
            known.remove(loader);
        }
    }

    /// The runtime's class that a loader finds, or null.
    static @Nullable Class<?> linkOf(ClassLoader loader) {
        try {
            return Class.forName(Link.class.getName(), false, loader);
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null; // a loader of the application may do as it likes
        }
    }

    private static Sight finds(ClassLoader loader) {
        Class<?> link = linkOf(loader);
        if (link == Link.class) {
            try {
                // The other class that woven code names: the loader may not find it when that code asks for it.
                Class<?> unused = Class.forName(FieldLink.class.getName(), false, loader);
            } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
                return Sight.NONE;
            }
        }
        return link == null ? Sight.NONE : link == Link.class ? Sight.OURS : Sight.ANOTHER;
    }
}
