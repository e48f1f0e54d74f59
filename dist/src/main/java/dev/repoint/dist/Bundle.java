package dev.repoint.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Makes the bundle for Maven Central: one zip with the files of a repository that Maven deployed to, their signatures and
/// checksums. Maven's own lists of versions are not in it. Apart from the signatures it is the same for the same files.
public final class Bundle {

    /// Before any time zone changes anything: of each entry.
    private static final LocalDateTime TIME = LocalDateTime.of(2025, 10, 1, 0, 0);

    private Bundle() {}

    /// @param arguments the repository, the zip to write, and the file for the public key
    public static void main(String[] arguments) throws IOException {
        try (Gpg gpg = Gpg.withNewKey()) {
            gpg.export(Path.of(arguments[2]));
            write(Path.of(arguments[1]), files(Path.of(arguments[0]), gpg));
        }
    }

    private static Map<String, byte[]> files(Path repository, Gpg gpg) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(repository)) {
            for (Path file : all.filter(Bundle::isArtifact).toList()) {
                String name = repository.relativize(file).toString();
                byte[] content = Files.readAllBytes(file);
                files.put(name, content);
                for (Checksum each : Checksum.values()) {
                    files.put(name + each.suffix(), each.of(content).getBytes(StandardCharsets.UTF_8));
                }
                files.put(name + ".asc", gpg.sign(file).getBytes(StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private static boolean isArtifact(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && !name.startsWith("maven-metadata")
                && Stream.of(Checksum.values()).noneMatch(each -> name.endsWith(each.suffix()));
    }

    /// Writes a zip.
    ///
    /// @param files by their names, in the order of the zip
    static void write(Path zip, Map<String, byte[]> files) throws IOException {
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> each : files.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(TIME);
                entries.putNextEntry(entry);
                entries.write(each.getValue());
                entries.closeEntry();
            }
        }
    }
}
