package dev.repoint.cli;

import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import dev.repoint.cli.report.Count;
import dev.repoint.linux.process.ProcessOutcome;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.machine.choice.Mechanism;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.NativeKey;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;

/// How patches of native code in a running process are reported: changes and states on stdout, the pause and
/// notes on stderr.
///
/// @param pid  the process
/// @param spec the command that reports
record NativeReport(long pid, CommandSpec spec) {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final double NANOS_PER_MILLI = 1e6;

    /// Reports what a patch did.
    void changed(ProcessResult result, boolean isJson) {
        PrintWriter out = spec.commandLine().getOut();
        if (isJson) {
            JsonWriter json = new JsonWriter(out);
            json.object().name("pid").value(pid);
            json(result, json);
            json.endObject().end();
            return;
        }
        Notices notices = new Notices(spec);
        for (ProcessOutcome each : result.changes()) {
            out.println(name(each.module(), each.key()) + ": " + each.before() + " -> " + each.target() + " ("
                    + places(each) + ")");
            each.notes()
                    .forEach(note ->
                            notices.accept("note: " + Demangler.shown(each.key().text()) + ": " + note));
        }
        result.gone().forEach(each -> notices.accept("note: " + each));
        if (!result.changes().isEmpty()) {
            notices.accept(pause(result));
        }
    }

    /// The key with its module; without a name, its place in the module.
    private static String name(String module, NativeKey key) {
        return module + (key.symbol().startsWith("+") ? "" : ":") + Demangler.shown(key.text());
    }

    private static String places(ProcessOutcome outcome) {
        int own = outcome.sites() - 1;
        return switch (outcome.mechanism()) {
            case ENTRY -> "entry" + (own > 0 ? ", and " + Count.of(own, "call", "calls") + " of its target" : "");
            case SITES -> Count.of(outcome.sites(), "site", "sites");
        };
    }

    private String pause(ProcessResult result) {
        if (!result.pause().isZero()) {
            return "process %d was stopped for %s (%s)"
                    .formatted(pid, millis(result.pause()), Count.of(result.threads(), "thread", "threads"));
        }
        return "process " + pid + " was not stopped for it"
                + (result.borrowed().isZero()
                        ? ""
                        : "; one of its threads was borrowed for " + millis(result.borrowed()));
    }

    private static String millis(Duration duration) {
        return String.format(Locale.ROOT, "%.2f ms", duration.toNanos() / NANOS_PER_MILLI);
    }

    /// What a patch did as members of an object.
    static void json(ProcessResult result, JsonWriter json) {
        json.name("sites").value(result.sites());
        json.name("pauseNanos").value(result.pause().toNanos());
        json.name("threads").value(result.threads());
        json.name("borrowedNanos").value(result.borrowed().toNanos());
        if (!result.gone().isEmpty()) {
            json.name("gone").array();
            result.gone().forEach(json::value);
            json.endArray();
        }
        json.name("changes").array();
        for (ProcessOutcome each : result.changes()) {
            json.object().name("module").value(each.module());
            json.name("key").value(each.key().text());
            json.name("before").value(each.before());
            json.name("target").value(each.target());
            json.name("by").value(each.mechanism().text());
            json.name("sites").value(each.sites());
            json.name("notes").array();
            each.notes().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray();
    }

    /// The states as a table.
    void table(List<ProcessState> states) {
        Table table = new Table("patchable", "target", ">sites", "since", "note");
        for (ProcessState each : states) {
            table.row(
                    name(each.module(), each.key()),
                    each.target(),
                    each.mechanism() == Mechanism.ENTRY ? "entry" : Integer.toString(each.sites()),
                    TIME.format(each.since().atZone(ZoneId.systemDefault())),
                    note(each));
        }
        table.print(spec.commandLine().getOut(), Style.ofOutput());
    }

    /// The states as an array.
    static void json(List<ProcessState> states, JsonWriter json) {
        json.array();
        for (ProcessState each : states) {
            json.object().name("module").value(each.module());
            json.name("key").value(each.key().text());
            json.name("target").value(each.target());
            json.name("by").value(each.mechanism().text());
            json.name("sites").value(each.sites());
            json.name("changed").value(each.changed());
            json.name("since").value(each.since().toString());
            json.name("note").value(note(each)).endObject();
        }
        json.endArray();
    }

    /// What an operator has to know.
    static String note(ProcessState state) {
        return state.isWhole() ? state.note() : "interrupted: calls reach the target; set or reset it again to finish";
    }
}
