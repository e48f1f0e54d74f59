package dev.repoint.agent;

/// A thread that neither keeps the JVM alive nor holds on to anything of the program.
abstract class DaemonThread extends Thread {

    DaemonThread(String name) {
        super(null, null, name, 0, false);
        setDaemon(true);
        setContextClassLoader(ClassLoader.getSystemClassLoader());
    }

    @Override
    public abstract void run();
}
