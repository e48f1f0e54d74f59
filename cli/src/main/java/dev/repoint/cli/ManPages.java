package dev.repoint.cli;

import dev.repoint.cli.manual.ManPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;

/// Writes the manual pages of all commands, in a folder that `man` takes. The launcher runs it after a build.
final class ManPages {

    private ManPages() {}

    /// @param arguments the folder: pages come into its folder `man1`
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]));
    }

    static void write(Path folder) throws IOException {
        Path section = Files.createDirectories(folder.resolve("man1"));
        CommandLine all = Commands.line();
        write(section, all);
        for (CommandLine each : all.getSubcommands().values()) {
            write(section, each);
        }
    }

    private static void write(Path section, CommandLine command) throws IOException {
        Files.writeString(section.resolve(ManPage.name(command) + ".1"), ManPage.of(command));
    }
}
