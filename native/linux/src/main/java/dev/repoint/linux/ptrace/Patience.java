package dev.repoint.linux.ptrace;

import java.util.concurrent.TimeUnit;

/// How long to wait for a thread of another process that waits for something, and so can call a function for us.
public enum Patience {
    /// For what somebody has asked for by name.
    LONG(10),
    /// For what a patch can do without.
    SHORT(2),
    /// Only a thread that waits now: an earlier wait was in vain.
    NONE(0);

    private final long seconds;

    Patience(long seconds) {
        this.seconds = seconds;
    }

    /// Whether it is at an end.
    ///
    /// @param start by [System#nanoTime]
    boolean isOver(long start) {
        return System.nanoTime() - start >= TimeUnit.SECONDS.toNanos(seconds);
    }

    /// Where a thread has to be.
    SafePoint place() {
        return this == NONE ? SafePoint.IDLE_NOW : SafePoint.IDLE;
    }

    /// For messages, behind "idle".
    public String text() {
        return this == NONE
                ? " now (an earlier patch waited for one in vain, so this one did not)"
                : " within " + seconds + " seconds";
    }
}
