package dev.repoint.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/// The commands by their names, in the order of the help.
///
/// To read the annotations of all of them takes longer than most of them run. So where the first argument names
/// one, the command line has that one alone.
final class Commands {

    private static final List<String> NAMES = List.of(
            "demo",
            "sites",
            "table",
            "weave",
            "patch",
            "set",
            "reset",
            "status",
            "watch",
            "trace",
            "count",
            "agent",
            "stress",
            "doctor",
            "completion",
            "install",
            "uninstall");

    private Commands() {}

    /// What reads the arguments.
    static CommandLine line(String... arguments) {
        CommandLine line = new CommandLine(new RepointCommand());
        Callable<Integer> named = arguments.length == 0 ? null : command(arguments[0]);
        if (named != null) {
            return line.addSubcommand(named);
        }
        for (String name : NAMES) {
            Callable<Integer> each = command(name);
            if (each != null) {
                line.addSubcommand(each);
            }
        }
        return line;
    }

    private static @Nullable Callable<Integer> command(String name) {
        return switch (name) {
            case "demo" -> new DemoCommand();
            case "sites" -> new SitesCommand();
            case "table" -> new TableCommand();
            case "weave" -> new WeaveCommand();
            case "patch" -> new PatchCommand();
            case "status" -> new StatusCommand();
            case "set" -> new SetCommand();
            case "reset" -> new ResetCommand();
            case "watch" -> new WatchCommand();
            case "trace" -> new TraceCommand();
            case "count" -> new CountCommand();
            case "agent" -> new AgentCommand();
            case "stress" -> new StressCommand();
            case "doctor" -> new DoctorCommand();
            case "completion" -> new CompletionCommand(Commands::line);
            case "install" -> new InstallCommand(Commands::line);
            case "uninstall" -> new UninstallCommand();
            default -> null;
        };
    }
}
