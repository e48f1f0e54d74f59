package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.Selection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// A jar to be written for a test.
final class TestJar {

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private boolean stored;

    TestJar with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    TestJar with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    TestJar with(Class<?>... types) {
        for (Class<?> type : types) {
            with(type.getName().replace('.', '/') + ".class", Generated.bytesOf(type));
        }
        return this;
    }

    TestJar multiRelease() {
        return with("META-INF/MANIFEST.MF", "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n");
    }

    TestJar stored() {
        stored = true;
        return this;
    }

    /// Writes it as a jar.
    Path write(Path file) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(LocalDateTime.of(2001, 2, 3, 4, 5, 6));
                if (stored) {
                    CRC32 checksum = new CRC32();
                    checksum.update(each.getValue());
                    entry.setMethod(ZipEntry.STORED);
                    entry.setSize(each.getValue().length);
                    entry.setCrc(checksum.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(each.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    /// Writes it as a directory.
    Path writeDirectory(Path directory) throws IOException {
        for (Map.Entry<String, byte[]> each : entries.entrySet()) {
            Path file = directory.resolve(each.getKey());
            Files.createDirectories(file.getParent());
            Files.write(file, each.getValue());
        }
        return directory;
    }

    static Selection patchable(String... patterns) {
        return new Selection(keys(patterns), false, List.of(), List.of(), List.of());
    }

    static Selection sites(String... patterns) {
        return new Selection(List.of(), false, keys(patterns), List.of(), List.of());
    }

    static WeaveSummary weave(Selection selection, Path input, Path output) {
        try (Archive archive = Archive.open(input)) {
            return archive.weave(selection, output, false);
        }
    }

    static ScanResult scan(Selection selection, Path input) {
        try (Archive archive = Archive.open(input)) {
            return archive.scan(selection);
        }
    }

    static List<String> names(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream().map(ZipEntry::getName).toList();
        }
    }

    static byte[] content(Path jar, String name) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getInputStream(zip.getEntry(name)).readAllBytes();
        }
    }

    /// What is in a folder, hidden files included.
    static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(each -> each.getFileName().toString()).sorted().toList();
        }
    }

    private static List<KeyPattern> keys(String... patterns) {
        return Stream.of(patterns).map(KeyPattern::parse).toList();
    }
}
