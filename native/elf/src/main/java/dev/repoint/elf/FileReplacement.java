package dev.repoint.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/// A file that is written beside the place where it belongs, and put there whole, or not at all.
///
/// {@snippet :
/// try (FileReplacement out = FileReplacement.copyOf(Path.of("server"), Path.of("server.patched"))) {
///     out.write(new FileOffset(0x1139), new byte[] {(byte) 0x90});
///     out.publish();
/// }
/// }
///
/// 1. The content is written to a new file in the folder of the target, readable by nobody else.
/// 2. [#publish] gives it the permission bits of its model, and writes it to the device.
/// 3. It is renamed to the target, which is one step: whoever opens the target finds the old file or the new one. Who
///    has the old one open or mapped, as a running program has, keeps it as it is.
/// 4. The folder is written to the device.
///
/// What was not published is removed by [#close]. A target that is a symbolic link stays one; the file that it leads to
/// is replaced. Used by one thread.
public final class FileReplacement implements AutoCloseable {

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rw-------");

    private final Path named;
    private final Path target;
    private final Path model;
    private final Path staged;
    private final FileChannel channel;

    private FileReplacement(Path named, Path target, Path model, Path staged, FileChannel channel) {
        this.named = named;
        this.target = target;
        this.model = model;
        this.staged = staged;
        this.channel = channel;
    }

    /// Begins with an empty file.
    ///
    /// @param model  the file whose permission bits the new one gets
    /// @param target where it belongs; may exist, and may be the model
    /// @throws ElfException if nothing can be written there
    public static FileReplacement of(Path model, Path target) throws ElfException {
        try {
            // A link that leads nowhere is replaced itself.
            Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
            Path folder = real.getParent();
            if (folder == null || Files.isDirectory(real)) {
                throw new ElfException(target + ": is a folder; name a file to write");
            }
            // A rename would put the file in the place of the device.
            if (Files.exists(real) && !Files.isRegularFile(real)) {
                throw new ElfException(target + ": not a regular file; name a file to write");
            }
            if (!Files.isDirectory(folder)) {
                throw new ElfException(target + ": its folder " + folder + " does not exist; create it");
            }
            String random = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
            Path staged = folder.resolve(".repoint-" + random);
            FileChannel channel = FileChannel.open(staged, Set.of(StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ, StandardOpenOption.WRITE), PosixFilePermissions.asFileAttribute(PRIVATE));
            return new FileReplacement(target, real, model, staged, channel);
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
        try {
            Files.setPosixFilePermissions(staged, Files.getPosixFilePermissions(model));
            channel.force(true);
            channel.close();
            Files.move(staged, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw failure(named, e);
        }
        forceFolder();
    }

    /// Removes what was not published.
    @Override
    public void close() throws ElfException {
        try {
            channel.close();
            Files.deleteIfExists(staged);
        } catch (IOException e) {
            throw new ElfException(staged + ": an incomplete file, which cannot be removed: " + e.getMessage(), e);
        }
    }

    private void copy(Path source) throws ElfException {
        try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
            long size = from.size();
            for (long at = 0; at < size;) {
                long copied = from.transferTo(at, size - at, channel.position(at));
                if (copied <= 0) {
                    throw new ElfException(source + ": the file got shorter while it was copied; try again");
                }
                at += copied;
            }
        } catch (IOException e) {
            throw e instanceof ElfException known ? known
                    : new ElfException(source + ": it cannot be copied: " + reason(e), e);
        }
    }

    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (ElfException e) {
            failure.addSuppressed(e);
        }
    }

    /// The rename lasts when the folder is on the device. Not every file system can be asked for that, and the file is in
    /// its place already.
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
        return e instanceof ElfException known ? known
                : new ElfException(file + ": it cannot be written: " + reason(e), e);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "access to " + denied.getFile() + " is denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
