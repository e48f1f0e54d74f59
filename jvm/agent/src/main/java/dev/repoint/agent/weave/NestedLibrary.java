package dev.repoint.agent.weave;

import dev.repoint.weaver.weave.InPlaceChoice;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/// The class-file library for a JVM that has none, with the form of in-place weaving that uses it. They lie in a jar within
/// the agent's jar: each start of a JVM reads the names of all entries of the agent's jar, and few programs need these.
///
/// The first class that is asked for has the nested jar read into memory, because a container may have no place for a
/// file.
public final class NestedLibrary extends ClassLoader {

    private static final String ENTRY = "META-INF/repoint/java17.jar";
    private static final String SUFFIX = ".class";

    private final JarFile agent;

    /// The class files that are not defined yet, by binary name; null before they were read. Guarded by this, which the
    /// JVM locks while it asks for a class.
    private @Nullable Map<String, byte[]> classFiles;

    private NestedLibrary(JarFile agent) {
        super("repoint-java17", NestedLibrary.class.getClassLoader());
        this.agent = agent;
    }

    /// Lets the weaver find the library, if this JVM needs it.
    ///
    /// @param agent the agent's jar
    public static void supply(JarFile agent) {
        InPlaceChoice.findLibraryWith(new NestedLibrary(agent));
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        Map<String, byte[]> all = classFiles;
        if (all == null) {
            all = read(name);
            classFiles = all;
        }
        byte[] classFile = all.remove(name);
        if (classFile == null) {
            throw new ClassNotFoundException(name);
        }
        return defineClass(name, classFile, 0, classFile.length);
    }

    private Map<String, byte[]> read(String name) throws ClassNotFoundException {
        Map<String, byte[]> all = new HashMap<>();
        ZipEntry nested = agent.getEntry(ENTRY);
        if (nested != null) {
            try (ZipInputStream in = new ZipInputStream(agent.getInputStream(nested))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    String file = entry.getName();
                    if (file.endsWith(SUFFIX)) {
                        String type = file.substring(0, file.length() - SUFFIX.length());
                        all.put(type.replace('/', '.'), in.readAllBytes());
                    }
                }
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
        return all;
    }
}
