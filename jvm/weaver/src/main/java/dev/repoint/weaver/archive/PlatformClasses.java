package dev.repoint.weaver.archive;

import dev.repoint.weaver.ClassSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The class files of the running JDK, from its run-time image. Reading them loads no class.
///
/// Thread-safe.
final class PlatformClasses implements ClassSource {

    private final FileSystem image = FileSystems.getFileSystem(URI.create("jrt:/"));
    private final ConcurrentHashMap<String, List<Path>> modules = new ConcurrentHashMap<>();

    @Override
    public byte @Nullable [] find(String internalName) {
        int end = internalName.lastIndexOf('/');
        if (end < 0) {
            return null;
        }
        for (Path module : modules.computeIfAbsent(internalName.substring(0, end), this::modulesOf)) {
            Path file = module.resolve(internalName + ".class");
            if (Files.isRegularFile(file)) {
                try {
                    return Files.readAllBytes(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return null;
    }

    /// The modules with a given package.
    private List<Path> modulesOf(String packageFolder) {
        Path links = image.getPath("/packages", packageFolder.replace('/', '.'));
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(links)) {
            try (DirectoryStream<Path> each = Files.newDirectoryStream(links)) {
                each.forEach(link ->
                        found.add(image.getPath("/modules", link.getFileName().toString())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found;
    }
}
