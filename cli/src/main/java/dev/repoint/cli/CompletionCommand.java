package dev.repoint.cli;

import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `repoint completion`: what a shell completes commands and options by.
@Command(
        name = "completion",
        header = "Prints the completion script for bash and zsh.",
        footer = {
            "",
            "Examples:",
            "  source <(repoint completion)                    in this shell",
            "  echo 'source <(repoint completion)' >> ~/.bashrc   in all shells"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Supplier<CommandLine> all;

    /// @param all the command line with all commands
    CompletionCommand(Supplier<CommandLine> all) {
        this.all = all;
    }

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("repoint", all.get()));
        return ExitCode.OK;
    }
}
