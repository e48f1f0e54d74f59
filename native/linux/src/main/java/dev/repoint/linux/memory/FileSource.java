package dev.repoint.linux.memory;

import dev.repoint.elf.ElfException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the file behind a mapping of another process can be read.
///
/// The kernel writes paths as the reader of `/proc/PID/maps` would: below the reader's own root where the
/// process has a root of its own inside of that (`chroot(2)`), and below the root of the process's mount
/// namespace if that is another one, as in containers. A path may also be that of another file by now. So each
/// place where the file may be is compared with what is mapped, by `/proc/PID/map_files`, which only root may
/// read, or by the number of the file.
public final class FileSource {

    private static final String DELETED = " (deleted)";

    private FileSource() {}

    /// A path as the kernel shows it, without its mark for files that are deleted.
    public static String withoutMark(String path) {
        return path.endsWith(DELETED) ? path.substring(0, path.length() - DELETED.length()) : path;
    }

    /// A place where the file can be read: a path of its own if it has one, so that what lies beside it is
    /// found.
    ///
    /// @throws ElfException if there is none
    public static Path of(long pid, Mapping mapping) throws ElfException {
        Path process = Path.of("/proc", Long.toString(pid));
        Path mapped = process.resolve("map_files")
                .resolve(Long.toHexString(mapping.start()) + "-" + Long.toHexString(mapping.end()));
        boolean isKnown = Files.isReadable(mapped);
        List<Path> candidates = candidates(process, mapping.path());
        for (Path each : candidates) {
            if (isKnown ? isSameFile(each, mapped) : isSameNumber(each, mapping)) {
                return each;
            }
        }
        if (isKnown) {
            return mapped;
        }
        // File systems that lie over others may number their files in another way; what is read is compared with what
        // runs.
        boolean isDeleted = mapping.path().endsWith(DELETED);
        for (Path each : candidates) {
            if (!isDeleted && Files.isRegularFile(each)) {
                return each;
            }
        }
        String path = withoutMark(mapping.path());
        throw new ElfException(path
                + (isDeleted
                        ? ": the file was deleted or replaced since process " + pid
                                + " loaded it, so its sites are not known; put the file back, or run repoint as root"
                        : ": process " + pid
                                + " has loaded this file, and it is not found here or below the root of the process;"
                                + " run repoint as root"));
    }

    private static List<Path> candidates(Path process, String shown) {
        List<Path> candidates = new ArrayList<>();
        Path root = process.resolve("root");
        try {
            Path path = Path.of(shown);
            if (isSameNamespace(process)) {
                candidates.add(path);
            }
            candidates.add(below(root, path));
            Path own = link(root);
            if (own != null && path.startsWith(own)) {
                candidates.add(root.resolve(own.relativize(path).toString()));
            }
        } catch (InvalidPathException e) {
            // A name that this locale cannot write: the links of the kernel reach the file all the same.
        }
        candidates.add(process.resolve("exe"));
        return candidates;
    }

    /// A path as a process sees it, below its root.
    ///
    /// @param root such as `/proc/4711/root`
    public static Path below(Path root, Path absolute) {
        return root.resolve(absolute.toString().substring(1));
    }

    /// How a process would call a file of ours.
    ///
    /// @param file absolute
    /// @return null if the process does not see it
    public static @Nullable Path seen(long pid, Path file) {
        Path root = Path.of("/proc", Long.toString(pid), "root");
        Path own = link(root);
        if (own != null && own.getNameCount() > 0 && file.startsWith(own)) {
            Path inside = Path.of("/").resolve(own.relativize(file).toString());
            if (isSameFile(file, below(root, inside))) {
                return inside;
            }
        }
        return Files.isRegularFile(below(root, file)) ? file : null;
    }

    private static boolean isSameNamespace(Path process) {
        Path theirs = link(process.resolve("ns/mnt"));
        return theirs != null && theirs.equals(link(Path.of("/proc/self/ns/mnt")));
    }

    private static @Nullable Path link(Path link) {
        try {
            return Files.readSymbolicLink(link);
        } catch (IOException e) {
            return null; // what cannot be distinguished is looked at through the process
        }
    }

    private static boolean isSameFile(Path one, Path other) {
        try {
            return Files.isRegularFile(one) && Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isSameNumber(Path file, Mapping mapping) {
        try {
            return Files.isRegularFile(file)
                    && Files.getAttribute(file, "unix:ino") instanceof Long number
                    && number == mapping.inode();
        } catch (IOException e) {
            return false;
        }
    }
}
