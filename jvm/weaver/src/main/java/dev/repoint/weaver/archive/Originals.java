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

/// What files were before they were woven in place: a copy of each, and the checksum of what weaving made of
/// it.
///
/// A copy counts as long as the file still is what weaving made of it. A file that was compiled again, or that
/// came from elsewhere, is its own original.
///
/// | in the folder | what |
/// | --- | --- |
/// | `original/NAME` | the copy of a file; there is none where weaving has added the file |
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

    /// Reads what was kept.
    ///
    /// @param folder where it is; it need not exist. A list that is damaged counts as none: what is woven then
    ///     is its own original, and weaving it again changes nothing
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

    /// Whether a file is what weaving has made of it.
    ///
    /// @param content what it is now
    boolean areOf(String name, byte[] content) {
        String checksum = checksums.get(name);
        return checksum != null && checksum.equals(checksum(content));
    }

    /// The copy of a file, or null if there was no such file.
    byte @Nullable [] read(String name) throws IOException {
        Path copy = copies.resolve(name);
        return Files.exists(copy) ? Files.readAllBytes(copy) : null;
    }

    /// The names of all files of which there was an original.
    List<String> names() {
        return List.copyOf(checksums.keySet());
    }

    /// Keeps what files were, and drops everything else. Done before any of the files is replaced: if the
    /// process ends in between, what was not replaced is its own original.
    ///
    /// @param woven what becomes of the files
    /// @param originals what they were; null for one that there was not
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

    /// Gives a file another content, at one moment, unless it has it already.
    ///
    /// @return whether it was written
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
