package dev.repoint.agent;

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
            "its class loader does not find the runtime of Repoint; start the program with -javaagent,"
                    + " or let that loader delegate dev.repoint to its parent";

    private static final @Nullable ClassLoader RUNTIME = Link.class.getClassLoader();

    /// Guarded by itself.
    private final Map<ClassLoader, Boolean> known = new WeakHashMap<>();

    /// Whether classes of a loader find the runtime. Loaders of the application are asked to load a class that is
    /// loaded already.
    boolean has(@Nullable ClassLoader loader) {
        if (loader == null || loader == ClassLoader.getPlatformClassLoader()) {
            return RUNTIME == null;
        }
        if (loader == RUNTIME || loader == ClassLoader.getSystemClassLoader()) {
            return true;
        }
        synchronized (known) {
            Boolean has = known.get(loader);
            if (has != null) {
                return has;
            }
        }
        boolean has = finds(loader);
        synchronized (known) {
            known.put(loader, has);
        }
        return has;
    }

    private static boolean finds(ClassLoader loader) {
        try {
            return Class.forName(Link.class.getName(), false, loader) == Link.class;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false; // a loader of the application may do as it likes
        }
    }
}
