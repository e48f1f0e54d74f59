package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.Home;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint reset`: gives back the default.
@Command(
        name = "reset",
        header = "Gives calls of a running JVM their default again.",
        parameterListHeading = "%n",
        footer = {
            "",
            "Examples:",
            "  repoint reset 4711",
            "  repoint reset 4711 com.acme.Crc.update 'com.acme.net.**'"
        })
final class ResetCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = ProcessId.class,
            description = "The process id of the JVM.")
    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "The methods; without any, all of them. Wildcards are allowed.")
    private List<String> keys = new ArrayList<>();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<KeyPattern> patterns = Typed.all(spec, keys, KeyPattern::parse);
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Talk(spec))) {
            List<Outcome> outcomes = jvm.reset(patterns.stream().map(KeyPattern::text).toList());
            Outcomes.print(outcomes, spec.commandLine().getOut());
            if (outcomes.isEmpty()) {
                new Talk(spec).accept("nothing to reset: every patchable of process " + pid + " leads to its default");
            }
        }
        return ExitCode.OK;
    }
}
