package dev.repoint.weaver.archive;

import dev.repoint.internal.report.FileFailure;
import dev.repoint.internal.report.FileKind;
import dev.repoint.weaver.WeaveException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A directory of classes. It follows symbolic links.
///
/// @param file the directory
/// @param names its files and folders, sorted by name, so that the order does not depend on the file system; folders
///     end in `/`
/// @param known the same names, for searching
record DirectoryContents(Path file, List<String> names, Set<String> known) implements WholeContents {

    static DirectoryContents open(Path directory) {
        try (Stream<Path> files = Files.walk(directory, FileVisitOption.FOLLOW_LINKS)) {
            List<String> names = files.filter(each -> !each.equals(directory))
                    .map(each -> nameOf(directory, each))
                    .sorted()
                    .toList();
            return new DirectoryContents(directory, names, Set.copyOf(names));
        } catch (UncheckedIOException e) {
            throw new WeaveException(directory + " cannot be read: " + FileFailure.reason(e), e);
        } catch (IOException e) {
            throw new WeaveException(directory + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    @Override
    public ArchiveFormat format() {
        return ArchiveFormat.DIRECTORY;
    }

    @Override
    public byte @Nullable [] read(String name) {
        if (!known.contains(name)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(path(name))) {
            return Contents.readAll(in, place(name));
        } catch (IOException e) {
            throw new WeaveException(place(name) + " cannot be read: " + FileFailure.reason(e), e);
        }
    }

    @Override
    public String place(String name) {
        return path(name).toString();
    }

    @Override
    public void close() {
        // has no open file
    }

    /// The file of an entry.
    Path path(String name) {
        return file.resolve(name);
    }

    private static String nameOf(Path directory, Path each) {
        String name = directory.relativize(each).toString().replace(File.separatorChar, '/');
        FileKind kind = FileKind.of(each);
        if (kind != FileKind.REGULAR && kind != FileKind.FOLDER && kind != FileKind.MISSING) {
            throw new WeaveException(each + " cannot be read: it is " + kind.text() + "; remove it from the folder");
        }
        return kind == FileKind.FOLDER ? name + "/" : name;
    }
}
