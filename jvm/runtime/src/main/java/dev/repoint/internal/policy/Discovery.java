package dev.repoint.internal.policy;

import dev.repoint.internal.point.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Finding out which policies and offers there are. That reads files and runs providers, which may call
/// patchables themselves: these lead to their defaults until the thread has found out, and are then chosen for.
///
/// No thread waits for another one here.
public final class Discovery {

    /// The threads that are finding out, each with the points that have to wait for it.
    private static final Map<Thread, List<Point>> BUSY = new ConcurrentHashMap<>();

    private Discovery() {}

    /// Notes a point that this thread cannot choose for yet.
    ///
    /// @return false if it can
    public static boolean defers(Point point) {
        List<Point> waiting = BUSY.get(Thread.currentThread());
        if (waiting == null) {
            return false;
        }
        waiting.add(point);
        return true;
    }

    /// Whether this thread is finding out.
    static boolean isBusy() {
        return BUSY.containsKey(Thread.currentThread());
    }

    /// Finds out.
    ///
    /// @param finding reads files, and runs providers
    public static void run(Runnable finding) {
        Thread self = Thread.currentThread();
        if (BUSY.containsKey(self)) {
            finding.run();
            return;
        }
        List<Point> waiting = new ArrayList<>();
        BUSY.put(self, waiting);
        try {
            finding.run();
        } finally {
            BUSY.remove(self);
            for (Point point : waiting) {
                point.choose();
            }
        }
    }
}
