package dev.repoint.weaver.archive;

import dev.repoint.internal.policy.IndexedOffer;
import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The entries of a file, for reading. To close it closes the file.
sealed interface Contents extends AutoCloseable permits WholeContents, OriginalContents {

    /// The maximum size of a class file in practice: constants and code are counted in 16 bits, and no attribute is
    /// so large.
    int MOST_OF_A_CLASS = 64 << 20;

    /// The format of the file.
    ArchiveFormat format();

    /// The file.
    Path file();

    /// The names of all entries, with `/` between their parts, in the order of the file.
    List<String> names();

    /// Whether an entry should be a class file. The class file of a module is none.
    default boolean isClass(String name) {
        return name.endsWith(".class")
                && !name.substring(name.lastIndexOf('/') + 1).equals("module-info.class");
    }

    /// The bytes of an entry, or null if the file has no such entry.
    ///
    /// @throws WeaveException if it cannot be read, or is longer than [#MOST_OF_A_CLASS]; the message names it
    byte @Nullable [] read(String name);

    @Override
    void close();

    /// The name of an entry in messages, with the file: `app.jar@com/acme/Crc.class`.
    default String place(String name) {
        return file().getFileName() + "@" + name;
    }

    /// The entry that a class of the application in the file finds under a name. Its own classes come first, then
    /// its libraries.
    ///
    /// @param classFile for example `com/acme/Crc.class`
    /// @return the name of an entry, or null if there is none, or the file contains no application
    default @Nullable String ofApplication(String classFile) {
        return null;
    }

    /// The entry of the index, with offers and set targets. It is in the folder of the file's own classes.
    default String index() {
        return IndexedOffer.ENTRY;
    }

    /// The jars inside the file that cannot be read, by the names of their entries, with the reasons.
    default SortedMap<String, String> unreadable() {
        return new TreeMap<>();
    }

    /// Opens a file.
    ///
    /// @param libraries selects the jars inside it
    /// @throws WeaveException if it does not exist, cannot be read, or has none of the three formats
    static WholeContents open(Path file, NestedJars libraries) {
        if (Files.isDirectory(file)) {
            return DirectoryContents.open(file);
        }
        byte[] start;
        try {
            FileKind.requireReadable(file);
        } catch (IOException e) {
            throw new WeaveException(file + " cannot be read: " + FileFailure.reason(e), e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(4);
        } catch (NoSuchFileException e) {
            throw new WeaveException(file + " does not exist", e);
        } catch (IOException e) {
            throw new WeaveException(file + " cannot be read: " + FileFailure.reason(e), e);
        }
        return switch (HexFormat.of().formatHex(start)) {
            case "504b0304", "504b0506" -> ApplicationContents.of(JarContents.open(file), libraries);
            case "cafebabe" -> SingleClass.open(file);
            default ->
                throw new WeaveException(file + " "
                        + OtherFormats.what(file, start)
                                .orElseGet(() -> "is neither a jar nor a class file: it starts with "
                                        + (start.length == 0
                                                ? "nothing"
                                                : HexFormat.ofDelimiter(" ").formatHex(start))));
        };
    }

    /// Reads at most the maximum size of a class file.
    static byte[] readAll(InputStream in, String place) throws IOException {
        byte[] bytes = in.readNBytes(MOST_OF_A_CLASS + 1);
        if (bytes.length > MOST_OF_A_CLASS) {
            throw new WeaveException(place + " is longer than " + MOST_OF_A_CLASS + " bytes");
        }
        return bytes;
    }
}
