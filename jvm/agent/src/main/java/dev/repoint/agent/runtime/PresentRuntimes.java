package dev.repoint.agent.runtime;

import dev.repoint.internal.agent.OwnClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The runtimes that the program contains: one for each class loader that has defined a class of a runtime.
///
/// `Agent` uses this class before the agent's jar is visible to every class loader. So it uses no other class of
/// Repoint, only constants, which the compiler copies. It is public, because it may come from another loader than
/// `Agent`.
public final class PresentRuntimes {

    private static final String SUFFIX = ".class";

    private PresentRuntimes() {}

    /// The class loaders that have defined classes of a runtime; null is the bootstrap loader.
    ///
    /// @param instrumentation the JVM's
    /// @return each once
    public static Set<@Nullable ClassLoader> loaders(Instrumentation instrumentation) {
        return loaders(instrumentation.getAllLoadedClasses());
    }

    /// The same before the program has started: only another agent can have loaded classes of a runtime, by the system
    /// class loader. A look at all classes of the JVM would take a tenth of the agent's start.
    public static Set<@Nullable ClassLoader> atStart(Instrumentation instrumentation) {
        return loaders(instrumentation.getInitiatedClasses(ClassLoader.getSystemClassLoader()));
    }

    private static Set<@Nullable ClassLoader> loaders(Class<?>[] classes) {
        Set<@Nullable ClassLoader> loaders = new HashSet<>();
        for (Module module : ModuleLayer.boot().modules()) {
            if ("dev.repoint".equals(module.getName())) {
                loaders.add(module.getClassLoader());
            }
        }
        for (Class<?> loaded : classes) {
            if (isOfRuntime(loaded.getName()) && !loaded.isHidden()) {
                loaders.add(loaded.getClassLoader());
            }
        }
        return loaders;
    }

    /// The binary names of the runtime's classes.
    ///
    /// @param jar the agent's jar
    static List<String> classNames(JarFile jar) {
        return jar.stream()
                .map(JarEntry::getName)
                .filter(name -> name.endsWith(SUFFIX))
                .map(name -> name.substring(0, name.length() - SUFFIX.length()).replace('/', '.'))
                .filter(PresentRuntimes::isOfRuntime)
                .toList();
    }

    /// An entry of a jar, or null if it has none of that name.
    public static byte @Nullable [] read(JarFile jar, String name) throws IOException {
        JarEntry entry = jar.getJarEntry(name);
        if (entry == null) {
            return null;
        }
        try (InputStream in = jar.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }

    /// Whether a class is one of the runtime.
    public static boolean isOfRuntime(String className) {
        return className.startsWith(OwnClasses.ROOT)
                && (className.indexOf('.', OwnClasses.ROOT.length()) < 0
                        || className.startsWith(OwnClasses.LINK)
                        || className.startsWith(OwnClasses.SHAPE)
                        || className.startsWith(OwnClasses.INTERNAL));
    }
}
