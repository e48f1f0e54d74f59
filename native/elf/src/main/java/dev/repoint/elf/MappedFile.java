package dev.repoint.elf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Files as memory.
final class MappedFile {

    private MappedFile() {}

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
        ByteBuffer first = ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (first.hasRemaining() && channel.read(first) >= 0) {
                // until four bytes are there, or the file has no more
            }
        }
        return !first.hasRemaining() && first.getInt(0) == magic;
    }

    /// A regular file, read-only. It stays mapped as long as the result is reachable.
    static MemorySegment map(Path path) throws ElfException {
        try {
            // Opening anything else could wait for ever, and a mapping of it means nothing.
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new ElfException(path + ": not a regular file" + (Files.isDirectory(path) ? " but a folder" : "")
                        + "; name an ELF file");
            }
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
                return channel.map(MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            }
        } catch (ElfException known) {
            throw known;
        } catch (NoSuchFileException missing) {
            throw new ElfException(path + ": there is no such file", missing);
        } catch (AccessDeniedException denied) {
            throw new ElfException(path + ": access denied; check who may read it", denied);
        } catch (IOException other) {
            throw new ElfException(path + ": it cannot be read: " + other.getMessage(), other);
        }
    }
}
