package dev.repoint.cli;

import dev.repoint.agent.control.Outcome;
import dev.repoint.cli.output.JsonWriter;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What became of the changes of `set` and `reset` in a JVM: `com.acme.Crc.update(int,byte[]): default ->
/// com.acme.Fast.update`, or as JSON.
final class OutcomeReport {

    private OutcomeReport() {}

    /// Prints a line for each, and one for those of several class loaders that are alike.
    static void print(long pid, List<Outcome> outcomes, boolean isJson, PrintWriter out) {
        if (isJson) {
            JsonWriter json = new JsonWriter(out);
            json.object().name("pid").value(pid).name("changes");
            json(outcomes, json);
            json.endObject().end();
            return;
        }
        Map<Outcome, Integer> alike = new LinkedHashMap<>();
        outcomes.forEach(outcome -> alike.merge(outcome, 1, Integer::sum));
        alike.forEach((outcome, loaders) -> {
            String note = JvmStatusTable.note(outcome.note(), loaders);
            out.println(outcome.key() + ": " + outcome.before() + " -> " + outcome.target()
                    + (note.isEmpty() ? "" : " (" + note + ")"));
        });
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
