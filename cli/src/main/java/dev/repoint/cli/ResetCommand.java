package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.Home;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.machine.site.NativeKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint reset`: gives back the default.
@Command(
        name = "reset",
        header = "Restores the defaults in a running process.",
        description = {
            "",
            "Without keys, resets all patchables at one moment; in a JVM first those of Java,",
            "then those of native libraries. In a JVM a native key names its library.",
            "For a file, use repoint patch FILE KEY=default.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  repoint reset 4711",
            "  repoint reset 4711 com.acme.Crc.update 'com.acme.net.**'",
            "  repoint reset 4711 libz.so.1:crc32"
        })
final class ResetCommand implements Callable<Integer> {

    @Mixin
    private ProcessArgument argument = new ProcessArgument();

    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "The keys to reset. Java keys may have wildcards.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<String> changes = keys.isEmpty()
                ? List.of("KEY=default")
                : keys.stream().map(key -> key + "=default").toList();
        pid = argument.pidOrPatch(changes, "restores its defaults in a new file");
        ProcessKind kind = ProcessKind.of(pid);
        ProcessKind.Split typed = kind.oneOf(keys, false);
        if (kind == ProcessKind.JVM && keys.isEmpty()) {
            if (!new JvmReset(pid, spec).run(json)) {
                nothing();
            }
        } else if (kind == ProcessKind.NATIVE || !typed.nativeCode().isEmpty()) {
            nativeCode(typed.nativeCode());
        } else {
            java(typed.java());
        }
        return ExitCode.OK;
    }

    private void java(List<String> typed) {
        List<KeyPattern> patterns = ArgumentParser.parseAll(spec, typed, KeyPattern::parse);
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            List<Outcome> outcomes =
                    jvm.reset(patterns.stream().map(KeyPattern::text).toList());
            OutcomeReport.print(pid, outcomes, json, spec.commandLine().getOut());
            if (outcomes.isEmpty()) {
                nothing();
            }
        }
    }

    private void nativeCode(List<String> typed) {
        List<NativeKey> keys = ArgumentParser.parseAll(spec, typed, NativeKey::parse);
        try (OtherProcess process = OtherProcess.open(pid)) {
            ProcessResult result = process.reset(keys);
            new NativeReport(pid, spec).changed(result, json);
            if (result.changes().isEmpty()) {
                nothing();
            }
        }
    }

    private void nothing() {
        new Notices(spec).accept("nothing to reset: every patchable of process " + pid + " is at its default");
    }
}
