package dev.repoint.cli;

import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.watch.Watch;
import dev.repoint.cli.watch.WatchDisplay;
import dev.repoint.cli.watch.WatchDisplays;
import dev.repoint.cli.watch.WatchedPatchable;
import dev.repoint.linux.process.ProcessState;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `repoint watch`: what the patchables of a running process lead to, as it changes.
@Command(
        name = "watch",
        header = "Shows changes of the current targets in a process.",
        description = {
            "",
            "Shows a table on a terminal. In a pipe, prints the current state, then a line",
            "for each change. Only reads, and ends with the process or at Ctrl-C. For a JVM,",
            "also shows Java patchables, and loads the agent if necessary.",
            ""
        },
        footer = {"", "Examples:", "  repoint watch 4711", "  repoint watch 4711 --json --interval 200 | jq .target"})
final class WatchCommand implements Callable<Integer> {

    private static final int SHORTEST = 50;
    private static final int LONGEST = 60_000;

    @Mixin
    private ProcessArgument argument = new ProcessArgument();

    private long pid;

    @Option(
            names = "--interval",
            paramLabel = "MS",
            defaultValue = "500",
            description = "The interval in milliseconds, 50 to 60000 (default: 500).")
    private int interval;

    @Option(names = "--json", description = "Writes one line of JSON for each change.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        pid = argument.pid(
                ", which does not change; 'repoint status " + argument.file() + "' lists its redirected patchables");
        if (interval < SHORTEST || interval > LONGEST) {
            throw new ParameterException(
                    spec.commandLine(), "--interval " + interval + " is not from " + SHORTEST + " to " + LONGEST);
        }
        PrintWriter out = spec.commandLine().getOut();
        WatchDisplay display = WatchDisplays.of(out, Style.ofOutput(), json, pid);
        if (ProcessKind.of(pid) == ProcessKind.NATIVE) {
            try (NativeStateReader nativeCode = new NativeStateReader(pid, false)) {
                nativeCode.states(); // refuses what cannot be looked into
                run(display, () -> rows(nativeCode.states()));
            }
            return ExitCode.OK;
        }
        try (NativeStateReader nativeCode = new NativeStateReader(pid, true);
                RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            run(display, () -> {
                List<WatchedPatchable> rows = new ArrayList<>();
                jvm.status().forEach(each -> rows.add(new WatchedPatchable(each.key(), each.target(), each.mode())));
                rows.addAll(rows(nativeCode.states()));
                return rows;
            });
        }
        return ExitCode.OK;
    }

    private void run(WatchDisplay display, Supplier<List<WatchedPatchable>> look) {
        ProcessHandle process =
                ProcessHandle.of(pid).orElseThrow(() -> new CommandFailure("process " + pid + " has ended"));
        new Watch(process, interval, look).run(display);
        new Notices(spec).accept("process " + pid + " has ended");
    }

    private static List<WatchedPatchable> rows(List<ProcessState> states) {
        return states.stream()
                .map(each -> new WatchedPatchable(each.text(), each.target(), NativeReport.note(each)))
                .toList();
    }
}
