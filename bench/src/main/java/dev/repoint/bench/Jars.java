package dev.repoint.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Writes the small jars that are measured.
public final class Jars {

    private Jars() {}

    /// Writes an agent.
    ///
    /// @param file to write; its folder is made
    /// @param classes of this program; the first has the `premain` method
    /// @param libraries jars whose entries are copied into it, without their manifests and module descriptors
    /// @throws IOException if a file cannot be read or written
    public static void agent(Path file, List<Class<?>> classes, Path... libraries) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", classes.getFirst().getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
            for (Class<?> of : classes) {
                add(jar, of, classFile(of));
            }
            for (Path library : libraries) {
                copy(library, jar);
            }
        }
    }

    /// Writes a jar of one class.
    ///
    /// @param file to write; its folder is made
    /// @param only the class
    /// @param classFile its class file
    /// @throws IOException if a file cannot be written
    public static void of(Path file, Class<?> only, byte[] classFile) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            add(jar, only, classFile);
        }
    }

    /// Writes a jar of classes of this program.
    ///
    /// @param file to write; its folder is made
    /// @param classes what it has
    /// @throws IOException if a file cannot be read or written
    public static void of(Path file, Class<?>... classes) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (Class<?> each : classes) {
                add(jar, each, classFile(each));
            }
        }
    }

    /// The class file of a class of this program.
    ///
    /// @param of the class
    /// @return its bytes
    /// @throws IOException if it cannot be read
    public static byte[] classFile(Class<?> of) throws IOException {
        try (InputStream in = of.getResourceAsStream("/" + path(of))) {
            if (in == null) {
                throw new IOException("there is no class file of " + of.getName());
            }
            return in.readAllBytes();
        }
    }

    private static void add(JarOutputStream jar, Class<?> of, byte[] classFile) throws IOException {
        jar.putNextEntry(new JarEntry(path(of)));
        jar.write(classFile);
        jar.closeEntry();
    }

    private static String path(Class<?> of) {
        return of.getName().replace('.', '/') + ".class";
    }

    private static void copy(Path library, JarOutputStream jar) throws IOException {
        try (JarFile from = new JarFile(library.toFile())) {
            for (Enumeration<JarEntry> entries = from.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                String name = entry.getName();
                if (entry.isDirectory() || name.startsWith("META-INF/") || name.endsWith("module-info.class")) {
                    continue;
                }
                jar.putNextEntry(new JarEntry(name));
                try (InputStream in = from.getInputStream(entry)) {
                    in.transferTo(jar);
                }
                jar.closeEntry();
            }
        }
    }
}
