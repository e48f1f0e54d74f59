package dev.repoint.agent;

/// Starts threads that neither keep the JVM alive nor hold on to anything of the program.
final class Daemon {

    private Daemon() {}

    /// Starts a thread.
    ///
    /// @param name what thread dumps call it
    /// @param work what it does
    static void start(String name, Runnable work) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
        thread.start();
    }
}
