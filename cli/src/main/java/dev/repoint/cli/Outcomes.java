package dev.repoint.cli;

import dev.repoint.agent.control.Outcome;
import dev.repoint.cli.output.JsonWriter;
import java.io.PrintWriter;
import java.util.List;

/// What became of the changes of `set` and `reset` in a JVM: `com.acme.Crc.update(int,byte[]): default ->
/// com.acme.Fast.update`, or as JSON.
final class Outcomes {

    private Outcomes() {}

    /// Prints a line for each.
    static void print(long pid, List<Outcome> outcomes, boolean isJson, PrintWriter out) {
        if (isJson) {
            JsonWriter json = new JsonWriter(out);
            json.object().name("pid").value(pid).name("changes");
            json(outcomes, json);
            json.endObject().end();
            return;
        }
        for (Outcome outcome : outcomes) {
            String note = outcome.note().isEmpty() ? "" : " (" + outcome.note() + ")";
            out.println(outcome.key() + ": " + outcome.before() + " -> " + outcome.target() + note);
        }
    }

    /// Writes them as an array.
    static void json(List<Outcome> outcomes, JsonWriter json) {
        json.array();
        for (Outcome outcome : outcomes) {
            json.object().name("key").value(outcome.key());
            json.name("before").value(outcome.before());
            json.name("target").value(outcome.target());
            json.name("note").value(outcome.note()).endObject();
        }
        json.endArray();
    }
}
