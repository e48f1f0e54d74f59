package dev.repoint.weaver.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A class loader that defines given classes itself and leaves the rest, the runtime included, to its parent.
public final class Throwaway extends ClassLoader {

    private final Map<String, byte[]> classes = new HashMap<>();
    private final Map<String, URL> resources = new HashMap<>();

    Throwaway() {
        super(Throwaway.class.getClassLoader());
    }

    /// Adds classes as they are on the test class path.
    Throwaway plain(Class<?>... types) {
        for (Class<?> type : types) {
            classes.put(type.getName(), bytesOf(type));
        }
        return this;
    }

    Throwaway with(String binaryName, byte[] classFile) {
        classes.put(binaryName, classFile);
        return this;
    }

    /// Adds a resource.
    Throwaway with(String name, URL content) {
        resources.put(name, content);
        return this;
    }

    @Override
    protected Enumeration<URL> findResources(String name) {
        URL found = resources.get(name);
        return found == null ? Collections.emptyEnumeration() : Collections.enumeration(List.of(found));
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        String binaryName = name.replace('/', '.').replaceAll("[.]class$", "");
        byte[] classFile = classes.get(binaryName);
        return classFile == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(classFile);
    }

    /// Defines, links and verifies all of the classes, and initialises the one that is asked for.
    Class<?> load(String binaryName) {
        try {
            for (String name : classes.keySet()) {
                assertThat(Class.forName(name, false, this).getDeclaredMethods())
                        .isNotNull(); // links it
            }
            return Class.forName(binaryName, true, this);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /// The class file of a test class.
    public static byte[] bytesOf(Class<?> type) {
        byte[] bytes = bytesOf(type.getName().replace('.', '/'));
        if (bytes == null) {
            throw new AssertionError("no class file of " + type);
        }
        return bytes;
    }

    /// The class file that the test class path or the JDK has under an internal name.
    public static byte @Nullable [] bytesOf(String internalName) {
        try (InputStream in = ClassLoader.getSystemResourceAsStream(internalName + ".class")) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            byte[] bytes = classes.get(name);
            Class<?> known = findLoadedClass(name);
            if (known == null && bytes != null) {
                return defineClass(name, bytes, 0, bytes.length);
            }
            return known != null ? known : super.loadClass(name, resolve);
        }
    }
}
