package dev.repoint.internal.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finding out which policies and offers there are. That reads files and runs providers, which may call
/// patchables themselves: these lead to their defaults until the thread has found out, and are then chosen for.
///
/// No thread waits for another one here.
final class Discovery {

    /// The threads that are finding out, each with what has to wait for it.
    private static final Map<Thread, List<Deferred>> BUSY = new ConcurrentHashMap<>();

    private Discovery() {}

    /// A choice that has to wait.
    interface Deferred {

        /// Chooses now, unless that has been done.
        void resume();
    }

    /// Notes what this thread cannot choose yet.
    ///
    /// @return false if it can
    static boolean defers(Deferred choosing) {
        List<Deferred> waiting = BUSY.get(Thread.currentThread());
        if (waiting == null) {
            return false;
        }
        waiting.add(choosing);
        return true;
    }

    /// Whether this thread is finding out.
    static boolean isBusy() {
        return BUSY.containsKey(Thread.currentThread());
    }

    /// Finds out.
    ///
    /// @param finding reads files, and runs providers
    static void run(Runnable finding) {
        Thread self = Thread.currentThread();
        if (BUSY.containsKey(self)) {
            finding.run();
            return;
        }
        List<Deferred> waiting = new ArrayList<>();
        BUSY.put(self, waiting);
        try {
            finding.run();
        } finally {
            BUSY.remove(self);
            for (Deferred each : waiting) {
                each.resume();
            }
        }
    }
}
