package dev.repoint.cli;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint set`: points calls of a running JVM elsewhere, and gives fields other values.
@Command(
        name = "set",
        header = "Points calls of a running JVM elsewhere.",
        description = {
            "",
            "All of the changes are made, or none. A JVM without an agent gets one, and a",
            "method that is not patchable yet becomes so.",
            ""
        },
        footer = {
            "",
            "TARGET is one of:",
            "  com.acme.Fast.update   a static method of the same type, receiver first",
            "  default                the method itself",
            "  nothing                a method that does nothing, for one that is void",
            "  constant:VALUE         a method that returns VALUE",
            "  true, false, null, 42  the same; a field can also be led to a static field",
            "",
            "Examples:",
            "  repoint set 4711 com.acme.Crc.update=com.acme.Fast.update",
            "  repoint set 4711 com.acme.A.b=com.acme.Fast.b --classpath fast.jar",
            "  repoint set 4711 'com.acme.Log.debug(String)=nothing' a.B.c=constant:42",
            "  repoint set 4711 com.acme.Flags.tracing=true"
        })
final class SetCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = ProcessId.class,
            description = "The process id of the JVM.")
    private long pid;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=TARGET",
            description = "A method or field, and what it is to lead to.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = "--classpath",
            paramLabel = "JAR",
            split = ":",
            splitSynopsisLabel = ":",
            description = "Jars or folders with further targets.")
    private List<Path> classpath = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        classpath.forEach(SetCommand::requireExisting);
        List<Change> changes = Typed.all(spec, assignments, Assignment::parse).stream()
                .map(Assignment::change)
                .toList();
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Talk(spec))) {
            Outcomes.print(jvm.set(changes, classpath), spec.commandLine().getOut());
        }
        return ExitCode.OK;
    }

    private static void requireExisting(Path file) {
        if (!Files.exists(file)) {
            throw new CommandFailure("--classpath " + file + ": there is no such file or folder");
        }
    }
}
