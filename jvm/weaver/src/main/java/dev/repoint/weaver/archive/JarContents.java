package dev.repoint.weaver.archive;

import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// A jar, read through its central directory.
final class JarContents implements WholeContents {

    private final Path file;
    /// Its name in messages, if this is not the name of the file.
    private final @Nullable String label;
    private final ZipFile zip;
    private final Map<String, ZipEntry> entries;

    private JarContents(Path file, @Nullable String label, ZipFile zip, Map<String, ZipEntry> entries) {
        this.file = file;
        this.label = label;
        this.zip = zip;
        this.entries = entries;
    }

    static JarContents open(Path file) {
        return open(file, null);
    }

    /// Opens the copy of a jar inside another jar.
    ///
    /// @param label its name in messages: the outer jar with the name of the entry; null for a jar that is in no
    ///     other jar
    static JarContents open(Path file, @Nullable String label) {
        String called = label == null ? file.toString() : label;
        ZipFile zip;
        try {
            zip = new ZipFile(file.toFile());
        } catch (IOException e) {
            throw new WeaveException(called + " cannot be read as a jar: " + FileFailure.reason(e), e);
        }
        try {
            return new JarContents(
                    file,
                    label,
                    zip,
                    entriesOf(label == null ? file.getFileName().toString() : label, zip));
        } catch (RuntimeException e) {
            close(zip, file);
            throw e;
        }
    }

    @Override
    public ArchiveFormat format() {
        return ArchiveFormat.JAR;
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String place(String name) {
        return label == null ? WholeContents.super.place(name) : label + NestedJars.SEPARATOR + name;
    }

    @Override
    public String index() {
        ApplicationLayout layout = entries.containsKey(IndexedOffer.ENTRY) ? null : ApplicationLayout.of(names());
        return layout == null ? IndexedOffer.ENTRY : layout.classes() + IndexedOffer.ENTRY;
    }

    @Override
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    @Override
    public byte @Nullable [] read(String name) {
        ZipEntry entry = entries.get(name);
        if (entry == null) {
            return null;
        }
        try (CheckedInputStream in = open(entry)) {
            byte[] bytes = Contents.readAll(in, place(name));
            checkSum(entry, in);
            return bytes;
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    /// The entries in the order of the central directory.
    Iterable<ZipEntry> entries() {
        return entries.values();
    }

    /// The comment of the whole file, or null.
    @Nullable
    String comment() {
        return zip.getComment();
    }

    /// The content of an entry. The caller ends with [#checkSum].
    CheckedInputStream open(ZipEntry entry) throws IOException {
        InputStream in = zip.getInputStream(entry);
        if (in == null) {
            throw new IOException("it no longer exists");
        }
        return new CheckedInputStream(in, new CRC32());
    }

    /// Compares the content with the checksum of the entry.
    void checkSum(ZipEntry entry, CheckedInputStream read) {
        long found = read.getChecksum().getValue();
        if (entry.getCrc() != -1 && entry.getCrc() != found) {
            throw new WeaveException("%s is damaged: its checksum is %08x, its content has %08x"
                    .formatted(place(entry.getName()), entry.getCrc(), found));
        }
    }

    /// A failure to read an entry.
    WeaveException unreadable(String name, IOException cause) {
        return new WeaveException(place(name) + " cannot be read: " + FileFailure.reason(cause), cause);
    }

    @Override
    public void close() {
        close(zip, file);
    }

    private static Map<String, ZipEntry> entriesOf(String called, ZipFile zip) {
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        zip.stream().forEach(entry -> {
            if (entries.put(entry.getName(), entry) != null) {
                throw new WeaveException(called + " has two entries " + entry.getName()
                        + ": tools differ in the one that they read, so Repoint does not weave it");
            }
        });
        return entries;
    }

    private static void close(ZipFile zip, Path file) {
        try {
            zip.close();
        } catch (IOException e) {
            throw new WeaveException(file + " cannot be closed: " + FileFailure.reason(e), e);
        }
    }
}
