package dev.repoint.weaver.archive;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/// Writes a copy of a directory with some changed files. Unchanged files keep their times and permissions.
final class DirectoryWriter {

    private DirectoryWriter() {}

    /// Writes.
    ///
    /// @param to a directory that does not exist yet
    /// @param changed the content of changed and new files
    static void write(DirectoryContents directory, Path to, Map<String, byte[]> changed) throws IOException {
        Files.createDirectory(to);
        for (String name : directory.names()) {
            Path file = to.resolve(name);
            if (name.endsWith("/")) {
                Files.createDirectory(file);
                continue;
            }
            Files.copy(directory.path(name), file, StandardCopyOption.COPY_ATTRIBUTES);
            byte[] bytes = changed.get(name);
            if (bytes != null) {
                Files.write(file, bytes);
                Files.setLastModifiedTime(file, Files.getLastModifiedTime(directory.path(name)));
            }
        }
        for (Map.Entry<String, byte[]> each : changed.entrySet()) {
            Path file = to.resolve(each.getKey());
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                Files.write(file, each.getValue());
            }
        }
    }
}
