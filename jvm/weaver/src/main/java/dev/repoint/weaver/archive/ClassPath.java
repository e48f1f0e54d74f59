package dev.repoint.weaver.archive;

import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A class path of jars and folders. The first entry with a file counts. It loads no class, and opens a jar only if
/// the entries before do not contain the file. Like the JVM, it ignores entries that do not exist.
///
/// Not thread-safe. Keeps the jars open until you close it.
public final class ClassPath implements ClassSource, AutoCloseable {

    private final List<Path> entries;
    private final List<@Nullable JarFile> opened = new ArrayList<>();

    /// A class path.
    ///
    /// @param entries jars and folders; may be empty
    public ClassPath(List<Path> entries) {
        this.entries = entries.stream().filter(Files::exists).toList();
    }

    @Override
    public byte @Nullable [] find(String internalName) {
        Found found = first(internalName + ".class");
        return found == null ? null : found.bytes;
    }

    /// The entry that contains a class.
    ///
    /// @param internalName for example `com/acme/Outer$Inner`
    /// @return one of the entries, or null if none contains it
    public @Nullable Path fileOf(String internalName) {
        Found found = first(internalName + ".class");
        return found == null ? null : found.file;
    }

    /// All files with one name.
    ///
    /// @param name for example `META-INF/repoint/table`
    /// @return the content of each, in the order of the class path
    /// @throws WeaveException if an entry cannot be read
    public List<byte[]> all(String name) {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            byte[] bytes = read(i, name);
            if (bytes != null) {
                all.add(bytes);
            }
        }
        return all;
    }

    @Override
    public void close() {
        for (JarFile jar : opened) {
            if (jar == null) {
                continue;
            }
            try {
                jar.close();
            } catch (IOException e) {
                throw new WeaveException(jar.getName() + " cannot be closed: " + FileFailure.reason(e), e);
            }
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Found(Path file, byte[] bytes) {}

    private @Nullable Found first(String name) {
        for (int i = 0; i < entries.size(); i++) {
            byte[] bytes = read(i, name);
            if (bytes != null) {
                return new Found(entries.get(i), bytes);
            }
        }
        return null;
    }

    private byte @Nullable [] read(int index, String name) {
        Path entry = entries.get(index);
        try {
            if (Files.isDirectory(entry)) {
                Path file = entry.resolve(name);
                return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
            }
            JarFile jar = jar(index);
            ZipEntry found = jar.getEntry(name);
            if (found == null) {
                return null;
            }
            try (InputStream in = jar.getInputStream(found)) {
                return Contents.readAll(in, entry + "@" + name);
            }
        } catch (IOException e) {
            throw new WeaveException(entry + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    private JarFile jar(int index) throws IOException {
        while (opened.size() <= index) {
            opened.add(null);
        }
        JarFile jar = opened.get(index);
        if (jar == null) {
            FileKind.requireReadable(entries.get(index));
            jar = new JarFile(entries.get(index).toFile(), false, ZipFile.OPEN_READ, Runtime.version());
            opened.set(index, jar);
        }
        return jar;
    }
}
