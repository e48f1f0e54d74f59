package dev.repoint.cli;

import dev.repoint.cli.home.Home;
import dev.repoint.cli.install.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `repoint uninstall`: what `repoint install` did, taken back.
@Command(
        name = "uninstall",
        hidden = true,
        header = "Removes what 'repoint install' installed.",
        description = {
            "",
            "Removes its files, and the folders that it made and that are empty now. Without",
            "--prefix an installed command removes itself. A package (.deb) is removed by",
            "its package manager, and an unpacked archive by removing its folder.",
            ""
        },
        footer = {"", "Examples:", "  repoint uninstall", "  sudo ./repoint uninstall --prefix /usr/local"})
final class UninstallCommand implements Callable<Integer> {

    @Mixin
    private PrefixOption prefix = new PrefixOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Home home = Home.find();
        Path folder =
                prefix.folder(home.isInstalled() ? home.root().resolve("../..").normalize() : PrefixOption.local());
        int files = new Installation(folder).uninstall();
        spec.commandLine().getOut().println("removed Repoint from " + folder + ": " + files + " files");
        return ExitCode.OK;
    }
}
