package dev.repoint.weaver;

import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An output under a temporary name, in the folder of its target, until it is complete. If nobody publishes it, this
/// class removes it. All files of this half are written in this way.
///
/// 1. The target must be a regular file, a folder, or a new name. Devices, pipes and sockets are refused. If the
///    target is a symbolic link, the file behind it is replaced.
/// 2. The content goes to the temporary file. If a model gives the permission bits, no other user can read it.
/// 3. [#publish] gives it the permission bits of its model, and renames it in one step.
///
/// For one thread.
public final class Staging implements AutoCloseable {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final int MOST_REMOVALS = 10;
    private static final Set<Staging> UNFINISHED = ConcurrentHashMap.newKeySet();

    private final Path target;
    private final Path staged;
    private final @Nullable Path model;
    private final ReentrantLock lock = new ReentrantLock();

    private Staging(Path target, Path staged, @Nullable Path model) {
        this.target = target;
        this.staged = staged;
        this.model = model;
        UNFINISHED.add(this);
    }

    /// An empty file that will become the target.
    ///
    /// @param target a regular file, which keeps its permission bits, or a new name
    /// @param model a file with the permission bits for the new file; null for those of the target, or of any new
    ///     file
    /// @throws IOException if the file cannot be written; [FileFailure#reason(IOException)] gives the text that
    ///     follows the path in the message
    public static Staging file(Path target, @Nullable Path model) throws IOException {
        FileKind.requireWritable(target);
        Path real = real(target);
        Path bits = model != null ? model : Files.exists(real) ? real : null;
        boolean isPosix = real.getFileSystem().supportedFileAttributeViews().contains("posix");
        Staging staging = new Staging(real, beside(real), isPosix ? bits : null);
        try {
            Path unused = staging.model == null
                    ? Files.createFile(staging.staged)
                    : Files.createFile(staging.staged, PRIVATE);
        } catch (IOException e) {
            UNFINISHED.remove(staging);
            throw e;
        }
        return staging;
    }

    /// A name for a folder that will become the target, or whose files will be added to it. The folder does not
    /// exist yet.
    ///
    /// @param target a folder, or a new name
    /// @throws IOException as for [#file]
    public static Staging folder(Path target) throws IOException {
        if (!Files.isDirectory(target)) {
            FileKind.requireWritable(target);
        }
        Path real = real(target);
        return new Staging(real, beside(real), null);
    }

    /// At the end of the process, also by a signal, removes all outputs that are not published. From then on,
    /// [#publish] blocks until the process ends.
    public static void removeUnfinishedAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> UNFINISHED.forEach(Staging::abandon), "repoint-staging"));
    }

    /// The path to write to.
    public Path path() {
        return staged;
    }

    /// Moves the output to its target. A file replaces a file. A folder becomes the target in one step if the target
    /// does not exist. Otherwise its files replace those with the same names.
    public void publish() throws IOException {
        lock.lock();
        try {
            if (Files.isDirectory(staged) && Files.isDirectory(target)) {
                merge();
            } else {
                FileKind.requireWritable(target);
                takeBits();
                move(staged, target);
                UNFINISHED.remove(this);
            }
        } finally {
            lock.unlock();
        }
    }

    private void takeBits() throws IOException {
        if (model == null) {
            return;
        }
        var bits = Files.getPosixFilePermissions(model);
        try {
            Files.setPosixFilePermissions(staged, bits);
        } catch (IOException e) {
            // A file system without such bits gives all files the same ones.
        }
    }

    private void merge() throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(staged)) {
            files = walk.sorted().toList();
        }
        for (Path file : files) {
            if (!Files.isDirectory(file)) {
                requireWritable(target.resolve(staged.relativize(file)));
            }
        }
        for (Path file : files) {
            Path to = target.resolve(staged.relativize(file));
            if (Files.isDirectory(file)) {
                Files.createDirectories(to);
            } else {
                move(file, Files.exists(to) ? to.toRealPath() : to);
            }
        }
    }

    private static void requireWritable(Path file) throws IOException {
        try {
            FileKind.requireWritable(file);
        } catch (IOException e) {
            throw new IOException("of " + file + ": " + e.getMessage(), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path real(Path target) throws IOException {
        if (Files.exists(target)) {
            return target.toRealPath();
        }
        Path absolute = target.toAbsolutePath().normalize();
        Path folder = absolute.getParent();
        if (folder == null || absolute.getFileName() == null) {
            throw new IOException("it is not a file name");
        }
        if (!Files.isDirectory(folder)) {
            throw new IOException("its folder " + folder + " does not exist; create it");
        }
        return absolute;
    }

    private static Path beside(Path target) throws IOException {
        Path folder = target.getParent();
        if (folder == null) {
            throw new IOException("it is the root of the file system; name another output");
        }
        return folder.resolve(
                ".repoint-" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE));
    }

    /// Removes an output that was not published.
    @Override
    public void close() throws IOException {
        lock.lock();
        try {
            UNFINISHED.remove(this);
            if (Files.exists(staged, LinkOption.NOFOLLOW_LINKS)) {
                remove();
            }
        } catch (UncheckedIOException e) {
            throw new IOException(
                    "the incomplete output " + staged + " cannot be removed: " + FileFailure.reason(e), e);
        } catch (IOException e) {
            throw new IOException(
                    "the incomplete output " + staged + " cannot be removed: " + FileFailure.reason(e), e);
        } finally {
            lock.unlock();
        }
    }

    /// Keeps the lock, because the process ends. The writing thread may still write meanwhile: a write to a removed
    /// name fails, and an open file disappears with its last name.
    private void abandon() {
        lock.lock();
        for (int i = 0; i < MOST_REMOVALS && Files.exists(staged, LinkOption.NOFOLLOW_LINKS); i++) {
            try {
                remove();
            } catch (IOException | UncheckedIOException e) {
                // Another thread wrote to this file at this moment.
            }
        }
    }

    private void remove() throws IOException {
        try (Stream<Path> walk = Files.walk(staged)) {
            for (Path each : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
