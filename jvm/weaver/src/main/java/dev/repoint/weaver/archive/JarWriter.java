package dev.repoint.weaver.archive;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Writes a jar that differs from another one in some entries. All other entries keep their order, times, comments,
/// extra fields and methods. The same input gives the same bytes, in any time zone.
final class JarWriter {

    /// The time of a new entry. The library would write earlier times with the time zone, and the earliest time of
    /// the format has a special meaning.
    static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int BUFFER = 1 << 16;

    private final JarContents jar;
    private final ZipOutputStream zip;

    private JarWriter(JarContents jar, ZipOutputStream zip) {
        this.jar = jar;
        this.zip = zip;
    }

    /// Writes.
    ///
    /// @param changed the new content of changed entries; new entries come last
    /// @param dropped the removed entries
    /// @param listener receives each entry
    static void write(JarContents jar, Path to, Map<String, byte[]> changed, Set<String> dropped, WorkListener listener)
            throws IOException {
        try (OutputStream out = Files.newOutputStream(to)) {
            write(jar, out, changed, dropped, listener);
        }
    }

    /// Writes to a stream, and closes it.
    static void write(
            JarContents jar, OutputStream out, Map<String, byte[]> changed, Set<String> dropped, WorkListener listener)
            throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            new JarWriter(jar, zip).write(changed, dropped, listener);
        }
    }

    private void write(Map<String, byte[]> changed, Set<String> dropped, WorkListener listener) throws IOException {
        if (jar.comment() != null) {
            zip.setComment(jar.comment());
        }
        SortedMap<String, byte[]> added = new TreeMap<>(changed);
        int all = jar.names().size();
        int done = 0;
        for (ZipEntry entry : jar.entries()) {
            listener.done("writing", ++done, all);
            String name = entry.getName();
            byte[] bytes = changed.get(name);
            added.remove(name);
            if (bytes != null) {
                write(new ZipEntry(entry), bytes);
            } else if (!dropped.contains(name)) {
                copy(entry);
            }
        }
        for (Map.Entry<String, byte[]> each : added.entrySet()) {
            ZipEntry entry = new ZipEntry(each.getKey());
            entry.setTimeLocal(TIME);
            if (NestedJars.isLibrary(each.getKey())) {
                entry.setMethod(ZipEntry.STORED); // loaders of such jars read libraries where they lie
            }
            write(entry, each.getValue());
        }
    }

    private void write(ZipEntry entry, byte[] bytes) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        entry.setCrc(checksum.getValue());
        entry.setSize(bytes.length);
        entry.setCompressedSize(entry.getMethod() == ZipEntry.STORED ? bytes.length : -1);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private void copy(ZipEntry original) throws IOException {
        ZipEntry entry = new ZipEntry(original);
        if (entry.getMethod() != ZipEntry.STORED) {
            entry.setCompressedSize(-1); // it is compressed anew, perhaps by another version of the algorithm
        }
        byte[] buffer = new byte[BUFFER];
        try (CheckedInputStream in = open(original)) {
            zip.putNextEntry(entry);
            for (int read = read(original, in, buffer); read >= 0; read = read(original, in, buffer)) {
                zip.write(buffer, 0, read);
            }
            jar.checkSum(original, in);
            zip.closeEntry();
        }
    }

    private CheckedInputStream open(ZipEntry entry) {
        try {
            return jar.open(entry);
        } catch (IOException e) {
            throw jar.unreadable(entry.getName(), e);
        }
    }

    /// A read failure is a fault of the jar, a write failure one of the output.
    private int read(ZipEntry entry, CheckedInputStream in, byte[] buffer) {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw jar.unreadable(entry.getName(), e);
        }
    }
}
