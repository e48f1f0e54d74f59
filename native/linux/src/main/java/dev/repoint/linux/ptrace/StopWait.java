package dev.repoint.linux.ptrace;

import java.util.concurrent.locks.LockSupport;

/// Waits until a thread of another process has stopped: first busily, then with pauses.
final class StopWait {

    private static final long SPIN_NANOS = 50_000;
    private static final long PAUSE_NANOS = 20_000;

    private StopWait() {}

    /// Waits for at most so many nanoseconds.
    ///
    /// @return false if the thread did not stop in time, or has ended
    static boolean until(Tracee thread, long limit) {
        long start = System.nanoTime();
        while (!thread.poll()) {
            if (System.nanoTime() - start > limit) {
                return false;
            }
            pause(start);
        }
        return !thread.isGone();
    }

    /// Waits for a moment.
    ///
    /// @param start the time at which the whole wait began
    static void pause(long start) {
        if (System.nanoTime() - start < SPIN_NANOS) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
