package dev.repoint.weaver.archive;

import dev.repoint.weaver.Staging;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The originals of files that were woven in place: a copy of each, and the checksum of its woven content.
///
/// A copy counts only while the file has its woven content. Any other file, for example one that was compiled again,
/// is its own original.
///
/// | in the folder | content |
/// | --- | --- |
/// | `original/NAME` | the copy of a file. A file that weaving has added has no copy |
/// | `woven` | a line for each file: SHA-256 of its woven content, a blank, its name |
final class Originals {

    private static final int CHECKSUM_DIGITS = 64;

    private final Path copies;
    private final Path list;
    private final Map<String, String> checksums;

    private Originals(Path folder, Map<String, String> checksums) {
        this.copies = folder.resolve("original");
        this.list = folder.resolve("woven");
        this.checksums = checksums;
    }

    /// Reads the originals.
    ///
    /// @param folder their folder; it need not exist. If its list is damaged, it counts as empty: a woven file is
    ///     then its own original, and does not change when it is woven again
    static Originals in(Path folder) throws IOException {
        Originals originals = new Originals(folder, new TreeMap<>());
        byte[] lines = Files.exists(originals.list) ? Files.readAllBytes(originals.list) : new byte[0];
        for (String line : new String(lines, StandardCharsets.UTF_8).split("\n", -1)) {
            if (line.length() > CHECKSUM_DIGITS + 1 && line.charAt(CHECKSUM_DIGITS) == ' ') {
                originals.checksums.put(line.substring(CHECKSUM_DIGITS + 1), line.substring(0, CHECKSUM_DIGITS));
            }
        }
        return originals;
    }

    /// Whether a file has its woven content.
    ///
    /// @param content its current content
    boolean areOf(String name, byte[] content) {
        String checksum = checksums.get(name);
        return checksum != null && checksum.equals(checksum(content));
    }

    /// The copy of a file, or null if there was no such file.
    byte @Nullable [] read(String name) throws IOException {
        Path copy = copies.resolve(name);
        return Files.exists(copy) ? Files.readAllBytes(copy) : null;
    }

    /// The names of all files with an original.
    List<String> names() {
        return List.copyOf(checksums.keySet());
    }

    /// Keeps the originals of files, and drops all others. The caller does this before it replaces files: if the
    /// process ends in between, each file that was not replaced is its own original.
    ///
    /// @param woven the woven content of the files
    /// @param originals their original content; null for a new file
    void keep(Map<String, byte[]> woven, Map<String, byte @Nullable []> originals) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, byte[]> each : new TreeMap<>(woven).entrySet()) {
            String name = each.getKey();
            byte[] original = originals.get(name);
            if (original == null) {
                Files.deleteIfExists(copies.resolve(name));
            } else {
                replace(copies.resolve(name), original);
            }
            lines.add(checksum(each.getValue()) + " " + name);
        }
        if (lines.isEmpty()) {
            Files.deleteIfExists(list);
        } else {
            replace(list, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        }
        for (String name : names()) {
            if (!woven.containsKey(name)) {
                Files.deleteIfExists(copies.resolve(name));
            }
        }
    }

    /// Replaces the content of a file in one step, if it is different.
    ///
    /// @return whether the file was written
    static boolean replace(Path file, byte[] content) throws IOException {
        if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), content)) {
            return false;
        }
        Files.createDirectories(file.getParent());
        try (Staging staging = Staging.file(file, null)) {
            Files.write(staging.path(), content);
            staging.publish();
        }
        return true;
    }

    private static String checksum(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
