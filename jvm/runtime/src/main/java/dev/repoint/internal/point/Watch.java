package dev.repoint.internal.point;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Leads the points, of methods and of fields, back to constant mode that came to pointer mode by themselves,
/// when they have been quiet.
///
/// Its thread exists only while there are such points. It holds them weakly, so that it keeps no class loader
/// alive.
///
/// Thread-safe.
final class Watch implements Runnable {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private static final Watch HERE = new Watch(Thresholds.HERE.quiet().toNanos());

    private final long quiet;
    /// Guarded by this, as is the thread.
    private final List<WeakReference<Watched>> points = new ArrayList<>();

    private @Nullable Thread thread;

    private Watch(long quiet) {
        this.quiet = quiet;
    }

    /// Watches a point from now on.
    static void over(Watched point) {
        HERE.add(point);
    }

    private synchronized void add(Watched point) {
        points.add(new WeakReference<>(point));
        if (thread == null) {
            Thread started = Daemon.of("repoint-watch", this);
            started.setContextClassLoader(null);
            try {
                started.start();
                thread = started;
            } catch (OutOfMemoryError e) {
                // No thread is to be had: it stays in pointer mode, as its state says, until there is one for another.
            }
        }
    }

    @Override
    public void run() {
        try {
            for (long left = look(); left > 0; left = look()) {
                Thread.sleep(left / NANOS_PER_MILLI + 1);
            }
        } catch (InterruptedException e) {
            leave(); // by whom? the thread is nobody's
        }
    }

    /// Leads back what was quiet. In a method of its own, so that a thread that sleeps has no point on its
    /// stack.
    ///
    /// @return nanoseconds until there is something to do; 0 if nothing is left, and then the thread has ended
    private synchronized long look() {
        long now = System.nanoTime();
        long next = Long.MAX_VALUE;
        for (int i = points.size() - 1; i >= 0; i--) {
            Watched point = points.get(i).get();
            long left = point == null ? 0 : point.calm(now, quiet);
            if (left == 0) {
                points.remove(i);
            } else {
                next = Math.min(next, left);
            }
        }
        if (points.isEmpty()) {
            leave();
            return 0;
        }
        return next;
    }

    private synchronized void leave() {
        thread = null;
    }
}
