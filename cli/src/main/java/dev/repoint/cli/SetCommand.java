package dev.repoint.cli;

import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.Home;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.SetOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint set`: points calls of a running process elsewhere, and gives fields of a JVM other values.
@Command(
        name = "set",
        header = "Redirects calls in a running process, all at one moment or none.",
        footer = {
            "",
            "KEY of Java: com.acme.Crc.update. TARGET: a static method of its type with the",
            "receiver first, default, nothing, constant:VALUE, or true, false, null, 42.",
            "KEY of native code: crc32, util.c:log, libz.so.1:crc32 (in a JVM always so),",
            "nginx+0x4a30. TARGET: a function, lib.so:function, default, nothing, zero.",
            "Examples:",
            "  repoint set 4711 com.acme.Crc.update=com.acme.Fast.update --classpath f.jar",
            "  repoint set 4711 'com.acme.Log.debug(String)=nothing' a.B.c=constant:42",
            "  repoint set 4711 crc32=crc32_simd libssl.so.3:write=zero",
            "  repoint set 4711 libz.so.1:crc32=my_crc32 --load ./libfix.so --by entry"
        })
final class SetCommand implements Callable<Integer> {

    @Mixin
    private ProcessArgument argument = new ProcessArgument();

    private long pid;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "KEY=TARGET",
            description = "The changes: a key and its new target.")
    private List<String> assignments = new ArrayList<>();

    @Option(names = "--classpath", paramLabel = "JAR[:JAR...]", description = "Jars or folders with further targets.")
    private List<String> classpath = new ArrayList<>();

    @Option(names = "--load", paramLabel = "LIB", description = "A library with further targets.")
    private @Nullable Path load;

    @Mixin
    private ChoiceOptions choice = new ChoiceOptions();

    @Option(
            names = "--force",
            description = "Ignores different types, Java loops that stay slow, and unknown sandboxes.")
    private boolean force;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pid = argument.pidOrPatch(assignments, "redirects its calls in a new file");
        List<Path> jars = TargetClassPath.parse(classpath);
        ProcessKind.Split typed = ProcessKind.of(pid).oneOf(assignments, true);
        if (typed.nativeCode().isEmpty()) {
            ProcessKind.requireAbsent(spec, load != null, "--load", "native code; --classpath brings jars along");
            ProcessKind.requireAbsent(spec, choice.hasBy(), "--by", "native code");
            ProcessKind.requireAbsent(spec, choice.hasAllNames(), "--all-names", "native code");
            java(typed.java(), jars);
        } else {
            ProcessKind.requireAbsent(spec, !jars.isEmpty(), "--classpath", "Java; --load brings a library along");
            nativeCode(typed.nativeCode());
        }
        return ExitCode.OK;
    }

    private void java(List<String> typed, List<Path> jars) {
        List<Change> changes = ArgumentParser.parseAll(spec, typed, Assignment::parse).stream()
                .map(Assignment::change)
                .toList();
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            OutcomeReport.print(
                    pid, jvm.set(changes, jars, force), json, spec.commandLine().getOut());
        }
    }

    private void nativeCode(List<String> typed) {
        List<ProcessChange> changes = ArgumentParser.parseAll(spec, typed, ProcessChange::parse);
        try (OtherProcess process = OtherProcess.open(pid)) {
            SetOptions options =
                    SetOptions.DEFAULT.withLibrary(load).withForce(force).withChoice(choice.choice());
            new NativeReport(pid, spec).changed(process.set(changes, options), json);
        }
    }
}
