package dev.repoint.internal.point;

/// The lock under which patches are made, one at a time.
///
/// While it is held nothing of the application runs, no class is loaded and no other lock is taken: the thread
/// that holds it depends on nobody.
public final class PatchLock {

    /// Guards the state of all points.
    public static final Object LOCK = new Object();

    /// Whether a patch of several patchables is being made. Written under the lock.
    private static volatile boolean underway;

    private PatchLock() {}

    /// Notes whether a patch of several patchables is being made. Called with [#LOCK] held.
    static void underway(boolean now) {
        underway = now;
    }

    /// Waits for the end of a patch of several patchables, if one is being made. For those who read or assign a
    /// field itself, which [Gate] cannot hide: whoever makes the patch depends on nobody.
    public static void awaitPatch() {
        if (underway) {
            synchronized (LOCK) {
                // It is over.
            }
        }
    }
}
