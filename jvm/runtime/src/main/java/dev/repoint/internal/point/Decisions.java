package dev.repoint.internal.point;

import dev.repoint.Key;
import java.util.ArrayList;
import java.util.List;

/// Who is told that a policy or an offer has chosen for a patchable.
///
/// Guarded by [PatchLock#LOCK].
public final class Decisions {

    private static final List<Listener> LISTENERS = new ArrayList<>();

    private Decisions() {}

    /// Loads what [#made] needs, before the lock is taken: a class loader may take locks of the application.
    public static void load() {
        // The call has loaded it.
    }

    /// One of them. Its class is loaded before it is added, and so before the lock is taken.
    public interface Listener {

        /// Somebody has chosen. Called with [PatchLock#LOCK] held.
        void decided(Key key);
    }

    /// Lets a listener be told from now on.
    public static void add(Listener listener) {
        synchronized (PatchLock.LOCK) {
            LISTENERS.add(listener);
        }
    }

    /// Lets a listener be told no more.
    public static void remove(Listener listener) {
        synchronized (PatchLock.LOCK) {
            LISTENERS.remove(listener);
        }
    }

    /// Called with [PatchLock#LOCK] held.
    static void made(Key key) {
        for (int i = 0; i < LISTENERS.size(); i++) {
            LISTENERS.get(i).decided(key);
        }
    }
}
