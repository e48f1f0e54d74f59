package dev.repoint.agent;

import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/// The class loader of a deputy: the agent's classes come from the agent's jar, those of the runtime are the ones that a
/// class loader of the program has.
final class DeputyLoader extends URLClassLoader {

    private static final String OURS = "dev.repoint.";

    private final ClassLoader runtime;

    /// @param jar the agent's jar
    /// @param runtime the class loader that has the runtime
    DeputyLoader(Path jar, ClassLoader runtime) throws MalformedURLException {
        super("repoint", new URL[] {jar.toUri().toURL()}, ClassLoader.getSystemClassLoader());
        this.runtime = runtime;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OURS)) {
            return super.loadClass(name, resolve);
        }
        if (PresentRuntimes.isOfRuntime(name)) {
            return Class.forName(name, false, runtime);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known == null ? findClass(name) : known;
        }
    }
}
