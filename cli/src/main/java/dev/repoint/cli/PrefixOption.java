package dev.repoint.cli;

import java.io.File;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `--prefix`, of the commands that install and uninstall.
final class PrefixOption {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--prefix",
            paramLabel = "DIR",
            description = "The folder with bin, lib, include and share. Default: ~/.local.")
    private @Nullable Path prefix;

    /// The folder.
    ///
    /// @param otherwise where the option is not given
    /// @return an absolute path
    Path folder(Path otherwise) {
        Path named = prefix;
        Path folder = named == null ? otherwise : named;
        if (folder.toString().isEmpty() || folder.toString().contains(File.pathSeparator)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--prefix '" + folder + "': the name of a folder, without '" + File.pathSeparator
                            + "', which separates paths");
        }
        return folder.toAbsolutePath().normalize();
    }

    /// The folder for programs of one user.
    static Path local() {
        return Path.of(System.getProperty("user.home"), ".local");
    }
}
