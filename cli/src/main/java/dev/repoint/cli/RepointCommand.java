package dev.repoint.cli;

import dev.repoint.Repoint;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// `repoint`, without a command: shows what there is.
@Command(
        name = "repoint",
        synopsisSubcommandLabel = "COMMAND",
        header = "Redirects calls of Java and native code: in a file, at start, or live.",
        commandListHeading = "%n",
        versionProvider = RepointCommand.Version.class,
        footer = {
            "A KEY: com.acme.Crc.update(int,byte[]), com.acme.Crc.*, com.acme.** or a symbol.",
            "Exit codes: 0 success, 1 failure, 2 wrong usage. Data: stdout, notices: stderr.",
            "Examples:",
            "  java -javaagent:$(repoint agent)=policy=com.acme.Log.debug=nothing App"
        })
final class RepointCommand implements Callable<Integer> {

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    private boolean help;

    @SuppressWarnings("UnusedVariable") // picocli acts on it
    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    private boolean version;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return ExitCode.USAGE;
    }

    /// The answer to `--version`.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"repoint " + Repoint.version() + " (Java " + Runtime.version() + ")"};
        }
    }
}
