package dev.repoint.it.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder as Kubernetes mounts a ConfigMap: files are symbolic links through a link that is swapped as a
/// whole.
final class PolicyFolder {

    private final Path folder;
    private int versions;

    PolicyFolder(Path folder, String content) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
        write(content);
        Files.createSymbolicLink(file(), Path.of("..data", "repoint.policy"));
    }

    Path file() {
        return folder.resolve("repoint.policy");
    }

    void write(String content) throws IOException {
        Path version = folder.resolve("..version-" + versions++);
        Files.createDirectory(version);
        Files.writeString(version.resolve("repoint.policy"), content);
        Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), version.getFileName());
        Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }
}
