package dev.repoint.cli;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.ProcessState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint status`: what the patchables of a file or of a running process lead to.
@Command(
        name = "status",
        header = "Lists the current targets of the patchables of a file or process.",
        description = {
            "",
            "For a JVM, lists all Java patchables, and loads the agent if necessary. For",
            "native code, lists the patchables that were set from outside. For a file, lists",
            "the redirected patchables. For a jar, lists all woven ones, by its own offers.",
            ""
        },
        footer = {
            "",
            "target: what calls reach now (the default is the patchable itself); mode: how",
            "Repoint keeps the target; links: the places that have linked so far; sites: the",
            "places in native code.",
            "",
            "Examples:",
            "  repoint status 4711",
            "  repoint status 4711 'com.acme.**' --loaders",
            "  repoint status server.new",
            "  repoint status 4711 --json | jq '.patchables[] | select(.target != \"default\")'"
        })
final class StatusCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "FILE or PID",
            converter = FileOrProcess.Converter.class,
            description = "A jar, folder or native file, or a process id.")
    private FileOrProcess subject = new FileOrProcess(null, 0);

    private long pid;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "KEY",
            description = "Shows only these. Java keys may have wildcards.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "--loaders", description = "Shows a row for each class loader, with its name.")
    private boolean loaders;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path file = subject.file();
        if (file != null) {
            ProcessKind.requireAbsent(
                    spec, !keys.isEmpty(), "a key", "processes; repoint sites FILE lists those of a file");
            ProcessKind.requireAbsent(spec, loaders, "--loaders", "a JVM");
            FileStatus status = FileStatus.of(file, new Notices(spec));
            status.print(spec.commandLine().getOut(), json, Style.ofOutput(), new Notices(spec));
            return ExitCode.OK;
        }
        pid = subject.pid();
        if (ProcessKind.of(pid) == ProcessKind.NATIVE) {
            ProcessKind.requireAbsent(spec, loaders, "--loaders", "a JVM");
            print(List.of(), ofKeys(NativeStates.of(pid, new Notices(spec))), false);
            return ExitCode.OK;
        }
        List<KeyPattern> patterns = ArgumentParser.parseAll(spec, keys, KeyPattern::parse);
        List<PatchableStatus> java = List.of();
        List<ProcessState> nativeCode = List.of();
        RuntimeException failure = null;
        String hidden = "";
        try {
            nativeCode = ofKeys(NativeStates.ofJvm(pid, new Notices(spec)));
        } catch (NativePatchException e) {
            failure = e;
            hidden = "native patchables";
        }
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Notices(spec))) {
            java = new JvmStatusTable(jvm.status()).matching(patterns).patchables();
        } catch (ControlException e) {
            if (nativeCode.isEmpty()) {
                throw e;
            }
            failure = e;
            hidden = "patchables of Java";
        }
        if (failure == null || !java.isEmpty() || !nativeCode.isEmpty()) {
            print(java, nativeCode, true);
        }
        if (failure != null) {
            throw new CommandFailure(hidden + " are not shown: " + failure.getMessage(), failure);
        }
        return ExitCode.OK;
    }

    private List<ProcessState> ofKeys(List<ProcessState> states) {
        return keys.isEmpty()
                ? states
                : states.stream()
                        .filter(state -> keys.contains(state.key().text()) || keys.contains(state.text()))
                        .toList();
    }

    private void print(List<PatchableStatus> java, List<ProcessState> nativeCode, boolean isJvm) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(java, nativeCode, isJvm, out);
            return;
        }
        if (!java.isEmpty()) {
            new JvmStatusTable(java).print(loaders, out, Style.ofOutput());
        }
        if (!nativeCode.isEmpty()) {
            if (!java.isEmpty()) {
                out.println();
            }
            new NativeReport(pid, spec).table(nativeCode);
        }
        if (java.isEmpty() && nativeCode.isEmpty() && !keys.isEmpty()) {
            throw new CommandFailure("no patchable of process " + pid + " matches " + String.join(" or ", keys)
                    + "; repoint status " + pid + " lists all");
        }
        if (java.isEmpty() && nativeCode.isEmpty()) {
            new Notices(spec)
                    .accept(
                            isJvm
                                    ? "process " + pid + " has no patchables yet; repoint set makes one"
                                    : "every patchable of process " + pid
                                            + " is at its default; repoint sites lists them");
        }
    }

    private void printJson(
            List<PatchableStatus> patchables, List<ProcessState> nativeCode, boolean isJvm, PrintWriter out) {
        JsonWriter writer = new JsonWriter(out);
        writer.object().name("pid").value(pid);
        if (isJvm) {
            writer.name("patchables").array();
            for (PatchableStatus patchable : patchables) {
                writer.object().name("key").value(patchable.key());
                writer.name("default").value(patchable.defaultMethod());
                writer.name("target").value(patchable.target());
                writer.name("mode").value(patchable.mode());
                writer.name("links").value(patchable.links());
                writer.name("changes").value(patchable.changes());
                writer.name("loader").value(patchable.loader());
                writer.name("note").value(patchable.note()).endObject();
            }
            writer.endArray();
        }
        if (!isJvm || !nativeCode.isEmpty()) {
            writer.name(isJvm ? "native" : "patchables");
            NativeReport.json(nativeCode, writer);
        }
        writer.endObject().end();
    }
}
