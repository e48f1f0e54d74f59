package dev.repoint.weaver.archive;

import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// An output under another name, beside the place where it belongs, until it is complete. What is not published is
/// removed.
final class Staging implements AutoCloseable {

    private final Path target;
    private final Path staged;

    private Staging(Path target, Path staged) {
        this.target = target;
        this.staged = staged;
    }

    /// A place for what is to become the target.
    ///
    /// @throws WeaveException if the target's folder does not exist
    static Staging beside(Path target) {
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        Path name = absolute.getFileName();
        if (parent == null || name == null) {
            throw new WeaveException(target + " is not a file that can be written");
        }
        if (!Files.isDirectory(parent)) {
            throw new WeaveException(
                    target + " cannot be written: its folder " + parent + " does not exist; create it");
        }
        String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        return new Staging(absolute, parent.resolve("." + name + "." + random));
    }

    /// Where to write. Nothing is there yet.
    Path path() {
        return staged;
    }

    /// Puts what was written where it belongs. A file replaces a file. A directory becomes the target at once if there
    /// is none yet; else its files replace those of the same names.
    void publish() throws IOException {
        if (Files.isDirectory(staged) && Files.isDirectory(target)) {
            merge();
        } else {
            try {
                Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(staged, target, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void merge() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(staged)) {
            files = walk.sorted().toList();
        }
        for (Path file : files) {
            Path to = target.resolve(staged.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                Files.move(file, to, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    /// Removes what was not published.
    @Override
    public void close() {
        if (!Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> walk = Files.walk(staged)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new WeaveException(staged + ", an incomplete output, cannot be removed: " + e.getMessage(), e);
        }
    }
}
