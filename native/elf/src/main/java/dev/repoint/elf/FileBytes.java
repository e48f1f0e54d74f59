package dev.repoint.elf;

import dev.repoint.elf.file.FileFailure;
import dev.repoint.elf.file.FileKind;
import dev.repoint.elf.raw.Bytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// The bytes of files, checked to be regular ones: opening anything else could wait for ever.
final class FileBytes {

    /// Up to here a copy is faster: on a cold JVM the first mapping takes as long as copying so many bytes.
    static final long LARGEST_COPY = 8 << 20;

    private FileBytes() {}

    /// Whether a regular file begins with four bytes.
    ///
    /// @param magic the bytes, as a little-endian number
    static boolean startsWith(Path path, int magic) throws IOException {
        if (!Files.isRegularFile(path)) {
            if (Files.exists(path)) {
                return false;
            }
            throw new NoSuchFileException(path.toString());
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            ByteBuffer first = copy(channel, Integer.BYTES);
            return first.remaining() == Integer.BYTES
                    && first.order(ByteOrder.LITTLE_ENDIAN).getInt(0) == magic;
        }
    }

    /// All bytes of a regular file: a copy of a small one, a read-only mapping of a large one, which lasts as
    /// long as the result is reachable.
    static Bytes of(Path path) throws ElfException {
        try {
            FileKind kind = FileKind.of(path);
            if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
                throw new ElfException(path + ": not a regular file but " + kind.text() + "; name an ELF file");
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                long size = channel.size();
                return size > LARGEST_COPY
                        ? Bytes.of(channel.map(MapMode.READ_ONLY, 0, size, Arena.ofAuto()))
                        : Bytes.of(copy(channel, (int) size));
            }
        } catch (ElfException known) {
            throw known;
        } catch (NoSuchFileException missing) {
            throw new ElfException(path + ": there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new ElfException(path + ": access denied; check its permissions", denied);
        } catch (IOException other) {
            throw new ElfException(path + ": it cannot be read: " + FileFailure.reason(other), other);
        }
    }

    /// What a channel has left, up to a size. A file that shrinks meanwhile gives fewer bytes.
    private static ByteBuffer copy(FileChannel channel, int size) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(size);
        while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
            // until all is there, or the file has no more
        }
        return bytes.flip();
    }
}
