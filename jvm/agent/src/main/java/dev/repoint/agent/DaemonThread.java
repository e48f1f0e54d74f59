package dev.repoint.agent;

/// A thread that does not keep the JVM alive, and has no reference to objects of the program.
abstract class DaemonThread extends Thread {

    DaemonThread(String name) {
        super(null, null, name, 0, false);
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    @Override
    public abstract void run();
}
