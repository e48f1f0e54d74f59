package dev.repoint.cli;

import dev.repoint.cli.home.CommandFailure;
import dev.repoint.elf.file.FileFailure;
import dev.repoint.elf.file.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// The value of `--classpath`: jars and folders, `:` between them. What is neither is refused by its name.
final class TargetClassPath {

    private static final Set<String> SCHEMES = Set.of("file", "jar", "http", "https", "ftp", "jrt", "nested");

    private TargetClassPath() {}

    /// Reads what was typed.
    ///
    /// @param typed the values of all options of that name
    /// @throws CommandFailure if a part is a URL, empty, not there, or neither a jar nor a folder
    static List<Path> parse(List<String> typed) {
        List<Path> all = new ArrayList<>();
        for (String text : typed) {
            String[] parts = text.split(":", -1);
            for (int i = 0; i < parts.length; i++) {
                if (i + 1 < parts.length && isScheme(parts[i], parts[i + 1])) {
                    throw new CommandFailure("--classpath " + text + ": " + parts[i] + ":" + parts[i + 1]
                            + " is a URL; name a jar or a folder of this machine");
                }
                all.add(checked(parts[i], text));
            }
        }
        return all;
    }

    private static boolean isScheme(String part, String next) {
        return (next.startsWith("//") || SCHEMES.contains(part)) && !part.isEmpty() && !Files.exists(Path.of(part));
    }

    private static Path checked(String part, String text) {
        if (part.isEmpty()) {
            throw new CommandFailure("--classpath '" + text + "' has an empty part; write . for the working folder");
        }
        Path file = Path.of(part);
        FileKind kind = FileKind.of(file);
        if (kind == FileKind.FOLDER) {
            return file;
        }
        String name = "--classpath " + part + ": ";
        if (kind == FileKind.MISSING) {
            throw new CommandFailure(name + "there is no such file or folder"
                    + (part.endsWith("*") ? "; wildcards are not expanded here: name each jar" : ""));
        }
        if (kind != FileKind.REGULAR) {
            throw new CommandFailure(name + "it is " + kind.text() + "; name a jar or a folder");
        }
        try {
            new ZipFile(file.toFile()).close();
            return file;
        } catch (ZipException e) {
            throw new CommandFailure(name + "it is neither a jar nor a folder", e);
        } catch (IOException e) {
            throw new CommandFailure(name + "it cannot be read: " + FileFailure.reason(e), e);
        }
    }
}
