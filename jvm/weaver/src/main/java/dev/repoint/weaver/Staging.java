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

/// An output under another name, beside the place where it belongs, until it is complete. What is not published
/// is removed. Everything that this half writes is written so.
///
/// 1. Where it belongs is a regular file, a folder, or a new name: a device, a pipe or a socket is refused.
///    Through a symbolic link the file that it leads to is replaced.
/// 2. The content is written beside it, readable by nobody else if a model tells who may read it.
/// 3. [#publish] gives it the permission bits of its model and renames it, which is one step.
///
/// Used by one thread.
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

    /// An empty file that is to become the target.
    ///
    /// @param target a regular file, which keeps its permission bits, or a new name
    /// @param model a file whose permission bits the new one gets; null for those of the target, or of any new
    ///     file
    /// @throws IOException if nothing can be written there; [FileFailure#reason(IOException)] is what comes
    ///     behind the path
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

    /// A place for a folder that is to become the target, or to be merged into it. Nothing is there yet.
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

    /// Removes what is not published when the process ends, by a signal too. What would then publish it waits
    /// for the end.
    public static void removeUnfinishedAtExit() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> UNFINISHED.forEach(Staging::abandon), "repoint-staging"));
    }

    /// Where to write.
    public Path path() {
        return staged;
    }

    /// Puts what was written where it belongs. A file replaces a file. A directory becomes the target at once
    /// if there is none yet; else its files replace those of the same names.
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

    /// Removes what was not published.
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

    /// Keeps the lock: the process ends, and the thread that writes has nothing to say any more. It may write
    /// meanwhile; what it writes to a name that is gone fails, and what it had open goes with its last name.
    private void abandon() {
        lock.lock();
        for (int i = 0; i < MOST_REMOVALS && Files.exists(staged, LinkOption.NOFOLLOW_LINKS); i++) {
            try {
                remove();
            } catch (IOException | UncheckedIOException e) {
                // Something was written there at this moment.
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
