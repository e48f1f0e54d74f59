package dev.repoint.agent.weave;

import dev.repoint.agent.runtime.AnnotationSearch;
import dev.repoint.weaver.ClassSource;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Reads the class files that class loaders find. It never loads a class.
///
/// It reads a class of the boot layer from its module. For any other class it asks the loader for a resource. If the
/// loader throws, the class counts as not found. Thread-safe.
public final class ClassFiles {

    private static final byte[] NONE = {};

    /// The modules of the boot layer by their packages. Guarded by the class.
    private static @Nullable Map<String, Module> modules;

    /// Guarded by itself.
    private final Map<ClassLoader, Boolean> annotated = new WeakHashMap<>();

    /// Guarded by itself.
    private final Map<@Nullable ClassLoader, SoftReference<Map<String, byte[]>>> cache = new WeakHashMap<>();

    /// The class files that a class loader finds. Results stay in memory while there is enough of it.
    ///
    /// @param loader the loader, or null for the bootstrap loader
    public ClassSource from(@Nullable ClassLoader loader) {
        return new OfLoader(this, loader);
    }

    private record OfLoader(ClassFiles classFiles, @Nullable ClassLoader loader) implements ClassSource {

        @Override
        public byte @Nullable [] find(String internalName) {
            Map<String, byte[]> known = classFiles.cacheOf(loader);
            byte[] bytes = known.get(internalName);
            if (bytes == null) {
                byte[] read = read(loader, internalName);
                bytes = read == null ? NONE : read;
                known.put(internalName, bytes);
            }
            return bytes == NONE ? null : bytes;
        }

        @Override
        public boolean mayBeAnnotated() {
            return classFiles.knowAnnotation(loader);
        }

        @Override
        public boolean isComplete() {
            return true;
        }
    }

    /// Whether a loader finds the annotation without the agent: then its classes may carry it.
    boolean knowAnnotation(@Nullable ClassLoader loader) {
        if (JdkClasses.areOf(loader)) {
            return false;
        }
        synchronized (annotated) {
            Boolean known = annotated.get(loader);
            if (known != null) {
                return known;
            }
        }
        boolean found = AnnotationSearch.finds(Objects.requireNonNull(loader));
        synchronized (annotated) {
            annotated.put(loader, found);
        }
        return found;
    }

    /// The internal name of a loaded class, such as `com/acme/Crc`.
    public static String internalName(Class<?> loaded) {
        return loaded.getName().replace('.', '/');
    }

    /// The class file of a class, as the compiler wrote it.
    ///
    /// @param loader the loader; null for the bootstrap loader
    /// @param internalName for example `com/acme/Crc`
    /// @return its bytes, or null if it is not found
    public static byte @Nullable [] read(@Nullable ClassLoader loader, String internalName) {
        String file = internalName.concat(".class");
        try (InputStream in = open(loader, internalName, file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException | RuntimeException | LinkageError e) {
            return null; // a loader of the application may do as it likes
        }
    }

    private static @Nullable InputStream open(@Nullable ClassLoader loader, String internalName, String file)
            throws IOException {
        int slash = internalName.lastIndexOf('/');
        Module module = slash < 0 ? null : modules().get(internalName.substring(0, slash));
        if (module != null) {
            return module.getResourceAsStream(file);
        }
        return loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file);
    }

    private Map<String, byte[]> cacheOf(@Nullable ClassLoader loader) {
        synchronized (cache) {
            SoftReference<Map<String, byte[]>> reference = cache.get(loader);
            Map<String, byte[]> known = reference == null ? null : reference.get();
            if (known == null) {
                known = new ConcurrentHashMap<>();
                cache.put(loader, new SoftReference<>(known));
            }
            return known;
        }
    }

    private static synchronized Map<String, Module> modules() {
        Map<String, Module> found = modules;
        if (found == null) {
            found = new HashMap<>();
            for (Module module : ModuleLayer.boot().modules()) {
                for (String packageName : module.getPackages()) {
                    found.put(packageName.replace('.', '/'), module);
                }
            }
            modules = found;
        }
        return found;
    }
}
