package dev.repoint.elf;

import dev.repoint.elf.file.FileFailure;
import dev.repoint.elf.file.FileKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A file that is written beside the place where it belongs, and put there whole, or not at all.
///
/// {@snippet :
/// try (FileReplacement out = FileReplacement.copyOf(Path.of("server"), Path.of("server.patched"))) {
///     out.write(new FileOffset(0x1139), new byte[] {(byte) 0x90});
///     out.publish();
/// }
/// }
///
/// 1. The content is written to a new file in the folder of the target, readable by no other user.
/// 2. [#publish] gives it the permission bits of its model, and writes it to the device.
/// 3. It is renamed to the target, which is one step: a later open of the target finds the old file or the new
///    one. Who has the old one open or mapped, as a running program has, keeps it as it is.
/// 4. The folder is written to the device.
///
/// What was not published is removed by [#close]. A target that is a symbolic link stays one; its target
/// file is replaced. A device, a pipe or a socket is refused: a rename would put the file in its place. Of
/// the permission bits `setuid`, `setgid` and the sticky bit are not given on: a program that was changed is to
/// get its privileges when it is installed. Used by one thread.
public final class FileReplacement implements AutoCloseable {

    private static final FileAttribute<?> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final Set<FileReplacement> UNFINISHED = ConcurrentHashMap.newKeySet();

    private final Path named;
    private final Path target;
    private final @Nullable Path model;
    private final Path staged;
    private final FileChannel channel;
    private final ReentrantLock lock = new ReentrantLock();

    private FileReplacement(Path named, Path target, @Nullable Path model, Path staged, FileChannel channel) {
        this.named = named;
        this.target = target;
        this.model = model;
        this.staged = staged;
        this.channel = channel;
        UNFINISHED.add(this);
    }

    /// Begins with an empty file.
    ///
    /// @param model  the file whose permission bits the new one gets; null for those of the target, or of any
    ///     new file
    /// @param target where it belongs; may exist, and may be the model
    /// @throws ElfException if nothing can be written there
    public static FileReplacement of(@Nullable Path model, Path target) throws ElfException {
        try {
            if (!Files.isDirectory(target)) {
                FileKind.requireWritable(target);
            }
            Path real = Files.exists(target)
                    ? target.toRealPath()
                    : target.toAbsolutePath().normalize();
            Path folder = real.getParent();
            if (folder == null || Files.isDirectory(real)) {
                throw new ElfException(target + ": is a folder; name a file to write");
            }
            if (!Files.isDirectory(folder)) {
                throw new ElfException(target + ": its folder " + folder + " does not exist; create it");
            }
            String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
            Path staged = folder.resolve(".repoint-" + random);
            Path bits = model != null ? model : Files.exists(real) ? real : null;
            FileChannel channel = FileChannel.open(
                    staged,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    bits == null ? new FileAttribute<?>[0] : new FileAttribute<?>[] {PRIVATE});
            return new FileReplacement(target, real, bits, staged, channel);
        } catch (IOException e) {
            throw failure(target, e);
        }
    }

    /// Begins with a copy of a file, which also gives the permission bits.
    ///
    /// @param source what is copied
    /// @param target where the new file belongs; may exist, and may be the source
    /// @throws ElfException if the one cannot be read, or the other not written
    public static FileReplacement copyOf(Path source, Path target) throws ElfException {
        FileReplacement replacement = of(source, target);
        try {
            replacement.copy(source);
            return replacement;
        } catch (ElfException | RuntimeException | Error e) {
            replacement.closeAfter(e);
            throw e;
        }
    }

    /// Writes bytes at an offset. Beyond the end the file grows, with zeros between.
    public void write(FileOffset offset, byte[] bytes) throws ElfException {
        write(offset, ByteBuffer.wrap(bytes));
    }

    /// Writes what a buffer has left at an offset. Beyond the end the file grows, with zeros between.
    ///
    /// @throws IllegalArgumentException if the offset is 2⁶³ or more
    public void write(FileOffset offset, ByteBuffer bytes) throws ElfException {
        try {
            long at = offset.value();
            while (bytes.hasRemaining()) {
                at += channel.write(bytes, at);
            }
        } catch (IOException e) {
            throw failure(named, e);
        }
    }

    /// Takes away what stands behind an offset.
    public void cut(FileOffset end) throws ElfException {
        try {
            channel.truncate(end.value());
        } catch (IOException e) {
            throw failure(named, e);
        }
    }

    /// Reads what was written or copied, at an offset; fewer bytes than asked for, if the file ends before.
    public byte[] read(FileOffset offset, int length) throws ElfException {
        try {
            long left = Math.max(0, channel.size() - offset.value());
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, left));
            while (bytes.hasRemaining() && channel.read(bytes, offset.value() + bytes.position()) >= 0) {
                // until all is read, or the file has no more
            }
            return Arrays.copyOf(bytes.array(), bytes.position());
        } catch (IOException e) {
            throw failure(named, e);
        }
    }

    /// Puts the file where it belongs. Afterwards only [#close] is left to do.
    ///
    /// @throws ElfException if that fails; then the target is as it was
    public void publish() throws ElfException {
        lock.lock();
        try {
            if (model != null) {
                Files.setPosixFilePermissions(staged, Files.getPosixFilePermissions(model));
            }
            channel.force(true);
            channel.close();
            FileKind.requireWritable(target);
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
            UNFINISHED.remove(this);
        } catch (IOException e) {
            throw failure(named, e);
        } finally {
            lock.unlock();
        }
        forceFolder();
    }

    /// Removes what was not published.
    @Override
    public void close() throws ElfException {
        lock.lock();
        try {
            UNFINISHED.remove(this);
            channel.close();
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw new ElfException(
                    staged + ": an incomplete file, which cannot be removed: " + FileFailure.reason(e), e);
        } finally {
            lock.unlock();
        }
    }

    /// Removes what is not published when the process ends, by a signal too. What would then publish it waits
    /// for the end.
    public static void removeUnfinishedAtExit() {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> UNFINISHED.forEach(FileReplacement::abandon), "repoint-files"));
    }

    /// Keeps the lock: the process ends, and the thread that writes has nothing to say any more.
    private void abandon() {
        lock.lock();
        try {
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            // The process ends, so a failure has no reader.
        }
    }

    private void copy(Path source) throws ElfException {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
            long size = from.size();
            for (long at = 0; at < size; ) {
                long copied = transfer(from, at, size - at);
                if (copied <= 0) {
                    throw new ElfException(source + ": the file got shorter while it was copied; try again");
                }
                at += copied;
            }
        } catch (IOException e) {
            throw e instanceof ElfException known
                    ? known
                    : new ElfException(source + ": it cannot be copied: " + FileFailure.reason(e), e);
        }
    }

    /// What fails here is the writing: the source is open, and disks rarely fail to be read.
    private long transfer(FileChannel from, long at, long count) throws ElfException {
        try {
            return from.transferTo(at, count, channel.position(at));
        } catch (IOException e) {
            throw failure(named, e);
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (ElfException e) {
            failure.addSuppressed(e);
        }
    }

    /// The rename lasts when the folder is on the device. Not every file system can be asked for that, and the
    /// file is in its place already.
    private void forceFolder() {
        Path folder = target.getParent();
        if (folder == null) {
            return;
        }
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        } catch (IOException unsupported) {
            // The system writes it in its own time.
        }
    }

    private static ElfException failure(Path file, IOException e) {
        return e instanceof ElfException known
                ? known
                : new ElfException(file + ": it cannot be written: " + FileFailure.reason(e), e);
    }
}
