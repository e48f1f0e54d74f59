package dev.repoint.internal.policy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps a thread that is finding out what a policy or an offer names from finding that out once more: it may
/// come back, through a class initialiser or a class loader of the application, and would run in circles.
///
/// No record: the methods of the first one in a JVM take longer to link than everything else here.
///
/// Thread-safe. No thread waits for another one.
final class ReentryGuard {

    private static final Set<ReentryGuard> NOW = ConcurrentHashMap.newKeySet();

    private final Object about;
    private final Thread thread = Thread.currentThread();

    private ReentryGuard(Object about) {
        this.about = about;
    }

    /// Lets this thread ask, unless it is asking already.
    ///
    /// @param about that very object: a point
    /// @return what is to be [ended][#end()] when it has its answer; null if it is asking already
    static @Nullable ReentryGuard begin(Object about) {
        ReentryGuard asking = new ReentryGuard(about);
        return NOW.add(asking) ? asking : null;
    }

    /// This thread has its answer.
    void end() {
        NOW.remove(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReentryGuard asking && asking.about == about && asking.thread == thread;
    }

    @Override
    public int hashCode() {
        return 31 * System.identityHashCode(about) + System.identityHashCode(thread);
    }
}
