package dev.repoint.cli;

import dev.repoint.cli.manual.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Writes the manual pages of all commands, in a folder that `man` takes. The launcher runs it after a build.
final class ManPages {

    private ManPages() {}

    /// @param arguments the folder: pages come into its folder `man1`
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        Path section = Files.createDirectories(folder.resolve("man1"));
        for (Map.Entry<String, String> page : ManPage.all(Commands.line()).entrySet()) {
            Files.writeString(section.resolve(page.getKey()), page.getValue());
        }
    }
}
