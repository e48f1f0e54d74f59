package dev.repoint.internal.point;

/// Makes threads of the runtime. They do not keep the JVM alive, and inherit no values of thread-local variables.
public final class Daemon {

    private Daemon() {}

    /// A thread that is not started.
    public static Thread of(String name, Runnable task) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
