package dev.repoint.machine.table;

import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.FileReplacement;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.elf.file.FileKind;
import dev.repoint.machine.site.SiteTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// The file that holds the table of a linked module, as `docs/table-format.md` describes it.
///
/// It belongs to a build, by its build id, and describes the module at the time of the collection. It does not have
/// the current targets of sites: [TableBinding][dev.repoint.machine.site.TableBinding] reads them from the module.
public final class TableFile {

    /// The end of the name of a table beside its module: `server` and `server.sites`.
    public static final String SUFFIX = ".sites";

    private static final long LARGEST = 1 << 30;

    private TableFile() {}

    /// The path of the table beside a module.
    public static Path beside(Path module) {
        return module.resolveSibling(module.getFileName() + SUFFIX);
    }

    /// Whether a path names a regular file that begins as tables do.
    ///
    /// @throws IOException if there is no such file, or it cannot be read
    public static boolean looksLikeTable(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            if (Files.exists(path)) {
                return false;
            }
            throw new NoSuchFileException(path.toString());
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] first = in.readNBytes(Long.BYTES);
            return first.length == Long.BYTES
                    && ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong() == TableFormat.MAGIC;
        }
    }

    /// The bytes of a table. Equal tables give equal bytes.
    ///
    /// @throws IllegalArgumentException if the table has no build id, or is of a relocatable file: its
    ///     relocations are its table
    public static byte[] bytes(SiteTable table) {
        if (table.relocatable() || table.buildId().isEmpty()) {
            throw new IllegalArgumentException(table.module() + " is no linked file with a build id");
        }
        return new TableWriter(table).write();
    }

    /// Writes a table to a file, whole or not at all.
    ///
    /// @param path where to; replaced if it exists
    /// @throws IOException              if it cannot be written
    /// @throws IllegalArgumentException as in [#bytes]
    public static void write(SiteTable table, Path path) throws IOException {
        byte[] bytes = bytes(table);
        try (FileReplacement file = FileReplacement.of(null, path)) {
            file.write(new FileOffset(0), bytes);
            file.publish();
        }
    }

    /// Reads a table.
    ///
    /// @throws ElfFormatException if it is malformed, with the offset
    /// @throws ElfException       if there is no such file, or it cannot be read
    public static SiteTable read(Path path) throws ElfException {
        FileKind kind = FileKind.of(path);
        if (kind != FileKind.REGULAR && kind != FileKind.MISSING) {
            throw new ElfException(path + ": not a file but " + kind.text() + "; name a table");
        }
        try {
            if (Files.size(path) > LARGEST) {
                throw new ElfException(path + ": has " + Files.size(path) + " bytes, which is too large for a table");
            }
            return of(path.toString(), Files.readAllBytes(path));
        } catch (ElfException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ElfException(path + ": there is no such file", e);
        } catch (IOException e) {
            throw new ElfException(path + ": it cannot be read: " + FileFailure.reason(e), e);
        }
    }

    /// The table that bytes hold.
    ///
    /// @param name  what messages call them
    /// @param bytes which must not change meanwhile
    /// @throws ElfFormatException if they are malformed, with the offset
    public static SiteTable of(String name, byte[] bytes) throws ElfFormatException {
        return new TableReader(name, bytes).read();
    }
}
