package dev.repoint.cli.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.TreeSet;

/// Files that are renamed to their places, all or none: if [#done] was not called, [#close] takes every step back.
final class Renames implements AutoCloseable {

    private record Step(Path place, boolean wasThere) {}

    private final Path prefix;
    private final Path staging;
    private final Path old;
    private final TreeSet<String> folders = new TreeSet<>();
    private final Deque<Path> made = new ArrayDeque<>();
    private final Deque<Step> steps = new ArrayDeque<>();
    private boolean isDone;

    /// @param staging where the files come from; removed if they do not stay
    /// @param old takes what was at the places before; it does not exist, or was left by a process that was killed
    Renames(Path prefix, Path staging, Path old) throws IOException {
        this.prefix = prefix;
        this.staging = staging;
        this.old = old;
        Folders.delete(old);
    }

    /// The folders below the prefix that the steps make, with a slash at the end.
    TreeSet<String> folders() {
        return folders;
    }

    /// Remembers the folders of a file that do not exist.
    void planFolders(String path) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            String folder = path.substring(0, slash + 1);
            if (!Files.exists(prefix.resolve(folder))) {
                folders.add(folder);
            }
        }
    }

    /// Makes a folder, and those around it.
    void createFolders(String path) throws IOException {
        planFolders(path);
        create(prefix.resolve(path));
    }

    private void create(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            create(parent(folder));
            Files.createDirectory(folder);
            made.push(folder);
        }
    }

    void rename(Path from, String path) throws IOException {
        Path place = prefix.resolve(path);
        create(parent(place));
        boolean wasThere = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
        if (wasThere) {
            Path kept = kept(place);
            Files.createDirectories(parent(kept));
            Files.createLink(kept, place);
        }
        steps.push(new Step(place, wasThere));
        Files.move(from, place, StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent(), "absolute, and not the root");
    }

    private Path kept(Path place) {
        return old.resolve(prefix.relativize(place));
    }

    void done() {
        isDone = true;
    }

    @Override
    public void close() throws IOException {
        if (!isDone) {
            for (Step step : steps) {
                if (step.wasThere()) {
                    Files.move(kept(step.place()), step.place(), StandardCopyOption.ATOMIC_MOVE);
                } else {
                    Files.deleteIfExists(step.place());
                }
            }
        }
        Folders.delete(old);
        if (!isDone) {
            Folders.delete(staging);
            for (Path folder : made) {
                Files.deleteIfExists(folder);
            }
        }
    }
}
