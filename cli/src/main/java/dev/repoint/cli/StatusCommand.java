package dev.repoint.cli;

import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.cli.home.Home;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `repoint status`: the patchables of a running JVM.
@Command(
        name = "status",
        header = "Lists the patchables of a running JVM.",
        description = {"",
            "A JVM without an agent gets one.", ""},
        footer = {
            "",
            "A patchable is its own default. Its target is what its calls reach now, its mode",
            "how that is kept, its links are the places that have linked to it so far.",
            "",
            "Examples:",
            "  repoint status 4711",
            "  repoint status 4711 --json | jq '.patchables[] | select(.target != \"default\")'"
        })
final class StatusCommand implements Callable<Integer> {

    @Parameters(
            index = "0",
            paramLabel = "PID",
            converter = ProcessId.class,
            description = "The process id of the JVM.")
    private long pid;

    @Option(names = "--json", description = "Writes JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        List<PatchableStatus> patchables;
        try (RunningJvm jvm = RunningJvm.connect(pid, Home.find().agentJar(), new Talk(spec))) {
            patchables = jvm.status();
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            printJson(patchables, out);
        } else if (patchables.isEmpty()) {
            new Talk(spec).accept("process " + pid + " has no patchables yet; repoint set makes one");
        } else {
            printTable(patchables, out);
        }
        return ExitCode.OK;
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

    private void printJson(List<PatchableStatus> patchables, PrintWriter out) {
        JsonWriter writer = new JsonWriter(out);
        writer.object().name("pid").value(pid).name("patchables").array();
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
        writer.endArray().endObject().end();
    }
}
