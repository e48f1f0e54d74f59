package dev.repoint.internal.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Lets those work who are told of patches and links. What they link or change themselves is not told.
///
/// Thread-safe.
final class Listening {

    private static final Set<Thread> NOW = ConcurrentHashMap.newKeySet();

    private Listening() {}

    /// What a listener does.
    interface Listener<T> {
        @Nullable
        T listen();
    }

    /// Whether this thread works for a listener.
    static boolean isNow() {
        return NOW.contains(Thread.currentThread());
    }

    /// Lets a listener work. What it fails with is its own affair: the patch was made, the place is linked.
    ///
    /// @return what it gave, or null if it failed
    static <T> @Nullable T tell(Listener<T> listener) {
        NOW.add(Thread.currentThread());
        try {
            return listener.listen();
        } catch (RuntimeException | LinkageError e) {
            return null;
        } finally {
            NOW.remove(Thread.currentThread());
        }
    }

    /// Whether the recorder records. Its answer may come from a patchable.
    static boolean isRecording() {
        if (!NOW.add(Thread.currentThread())) {
            return false;
        }
        try {
            return JfrPatch.isRecording();
        } catch (RuntimeException | LinkageError e) {
            return false; // what it leads to is of the application
        } finally {
            NOW.remove(Thread.currentThread());
        }
    }
}
