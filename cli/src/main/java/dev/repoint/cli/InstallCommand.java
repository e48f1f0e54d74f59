package dev.repoint.cli;

import dev.repoint.Repoint;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.install.Installation;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `repoint install`: from a clone to a prefix.
@Command(
        name = "install",
        hidden = true,
        header = "Installs this clone below a folder, or replaces what is installed.",
        description = {
            "",
            "Installs bin/repoint, lib/repoint, include/repoint, manual pages, completion",
            "and documents. Replaces no file that it did not install. If a step fails,",
            "nothing has changed. The installed command does not need the clone, but a JDK",
            "25 or later.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  ./repoint install",
            "  sudo ./repoint install --prefix /usr/local",
            "  git pull && ./repoint install                   upgrades"
        })
final class InstallCommand implements Callable<Integer> {

    @Mixin
    private PrefixOption prefix = new PrefixOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<CommandLine> all;

    /// @param all the command line with all commands
    InstallCommand(Supplier<CommandLine> all) {
        this.all = all;
    }

    @Override
    public Integer call() throws IOException {
        Path folder = prefix.folder(PrefixOption.local());
        Home home = Home.find();
        if (home.isInstalled()) {
            throw new CommandFailure("only a clone can install, and this is the installation in "
                    + home.root().resolve("../..").normalize() + "; run ./repoint install in a clone");
        }
        int files = new Installation(folder).install(CloneTree.of(home, all.get()));
        Path programs = folder.resolve("bin");
        start(programs.resolve("repoint"));
        PrintWriter out = spec.commandLine().getOut();
        out.println("installed Repoint " + Repoint.version() + " in " + folder + ": " + files + " files");
        out.flush();
        String path = String.valueOf(System.getenv("PATH"));
        if (!List.of(path.split(File.pathSeparator, -1)).contains(programs.toString())) {
            spec.commandLine()
                    .getErr()
                    .println("repoint: " + programs + " is not on the PATH; add it, for example in ~/.profile");
        }
        return ExitCode.OK;
    }

    /// The first start makes the cache that later starts are quick by.
    private static void start(Path program) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new CommandFailure(program + " is installed, and does not start: "
                        + output.lines().findFirst().orElse("exit code " + process.exitValue()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
