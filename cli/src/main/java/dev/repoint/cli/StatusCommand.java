package dev.repoint.cli;

import dev.repoint.agent.control.ControlException;
import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import dev.repoint.linux.NativePatchException;
import dev.repoint.linux.process.ProcessState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
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
        header = "Lists what the patchables of a file or process lead to.",
        description = {
            "",
            "Of a JVM all patchables of Java; one without an agent gets one. Of native code",
            "those that were set from outside: the process itself remembers them. Of a file",
            "those that lead elsewhere; of a jar all that are woven, by its own offers.",
            ""
        },
        footer = {
            "",
            "A patchable is its own default. Its target is what its calls reach now, its mode",
            "how that is kept, its links are the places that have linked to it so far, its",
            "sites the places in native code.",
            "",
            "Examples:",
            "  repoint status 4711",
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

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Path file = subject.file();
        if (file != null) {
            FileStatus status = FileStatus.of(file, new Talk(spec));
            status.print(spec.commandLine().getOut(), json, Style.ofOutput(), new Talk(spec));
            return ExitCode.OK;
        }
        pid = subject.pid();
        if (ProcessKind.of(pid) == ProcessKind.NATIVE) {
            print(List.of(), NativeStates.of(pid, new Talk(spec)), false);
            return ExitCode.OK;
        }
        List<PatchableStatus> java = List.of();
        List<ProcessState> nativeCode = List.of();
        RuntimeException failure = null;
        String hidden = "";
        try {
            nativeCode = NativeStates.ofJvm(pid, new Talk(spec));
        } catch (NativePatchException e) {
            failure = e;
            hidden = "native patchables";
        }
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Talk(spec))) {
            java = jvm.status();
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

    private void print(List<PatchableStatus> java, List<ProcessState> nativeCode, boolean isJvm) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(java, nativeCode, isJvm, out);
            return;
        }
        if (!java.isEmpty()) {
            printTable(java, out);
        }
        if (!nativeCode.isEmpty()) {
            if (!java.isEmpty()) {
                out.println();
            }
            new NativeReport(pid, spec).table(nativeCode);
        }
        if (java.isEmpty() && nativeCode.isEmpty()) {
            new Talk(spec).accept(isJvm
                    ? "process " + pid + " has no patchables yet; repoint set makes one"
                    : "every patchable of process " + pid + " leads to its default; repoint sites lists them");
        }
    }

    private static void printTable(List<PatchableStatus> patchables, PrintWriter out) {
        Table table = new Table("patchable", "target", "mode", ">links", ">changes", "note");
        for (PatchableStatus patchable : patchables) {
            table.row(
                    patchable.key(),
                    patchable.target(),
                    patchable.mode(),
                    Integer.toString(patchable.links()),
                    Long.toString(patchable.changes()),
                    patchable.note());
        }
        table.print(out, Style.ofOutput());
    }

    private void printJson(List<PatchableStatus> patchables, List<ProcessState> nativeCode, boolean isJvm,
            PrintWriter out) {
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
