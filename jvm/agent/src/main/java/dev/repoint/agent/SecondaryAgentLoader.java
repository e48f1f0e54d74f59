package dev.repoint.agent;

import dev.repoint.agent.runtime.PresentRuntimes;
import dev.repoint.internal.agent.OwnClasses;
import java.io.IOException;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The class loader of a secondary agent. It defines the agent's classes from the agent's jar, and finds the classes
/// of the runtime with a class loader of the program.
final class SecondaryAgentLoader extends ClassLoader {

    private final JarFile jar;
    private final ClassLoader runtime;

    /// @param jar the agent's jar
    /// @param runtime the class loader with the runtime
    SecondaryAgentLoader(JarFile jar, ClassLoader runtime) {
        super("repoint", ClassLoader.getSystemClassLoader());
        this.jar = jar;
        this.runtime = runtime;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(OwnClasses.ROOT)) {
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

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        byte @Nullable [] classFile;
        try {
            classFile = PresentRuntimes.read(jar, name.replace('.', '/') + ".class");
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }
}
