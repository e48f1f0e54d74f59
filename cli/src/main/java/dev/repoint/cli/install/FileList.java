package dev.repoint.cli.install;

import dev.repoint.Repoint;
import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The list of what an installation consists of: a path below the prefix in each line, with a slash at the end if it is
/// a folder that the installation has made.
final class FileList {

    static final String PATH = InstalledTree.LIBRARY + "files";

    private FileList() {}

    /// The list below a prefix.
    ///
    /// @return sorted; empty if there is none
    /// @throws CommandFailure if it names what is not below the prefix
    static TreeSet<String> read(Path prefix) throws IOException {
        Path file = prefix.resolve(PATH);
        TreeSet<String> paths = new TreeSet<>();
        if (!Files.exists(file)) {
            return paths;
        }
        for (String line : Files.readAllLines(file)) {
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Path path = Path.of(line);
            if (path.isAbsolute() || !path.normalize().equals(path) || path.startsWith("..")) {
                throw new CommandFailure(file + ": '" + line + "' is no path below " + prefix + "; nothing was done");
            }
            paths.add(line);
        }
        return paths;
    }

    /// Replaces the list in one step.
    static void write(Path prefix, Set<String> paths) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("# Repoint " + Repoint.version() + ": what 'repoint uninstall' removes.");
        lines.addAll(paths);
        Path file = prefix.resolve(PATH);
        Path next = file.resolveSibling("files.new");
        Files.write(next, lines);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
