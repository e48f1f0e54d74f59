package dev.repoint.cli.report;

import dev.repoint.cli.output.JsonWriter;
import dev.repoint.machine.plan.Edit;
import dev.repoint.machine.plan.KeyPlan;
import dev.repoint.machine.plan.Plan;
import dev.repoint.machine.plan.UnchangedSite;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a patch of a file did, or would do, as JSON:
///
/// ```
/// {"file","output","keys":[{"key","target","by","safety","changed","unchanged",
///                           "left":[{"site","reason"}],"warnings":[],
///                           "edits":[{"site","section","address","offset","old","new","before","after"}]}],
///  "warnings":[]}
/// ```
///
/// Without an output nothing was written. Bytes are hexadecimal; an edit without old ones makes the file
/// longer.
public final class PatchJson {

    private static final HexFormat HEX = HexFormat.of();

    private PatchJson() {}

    /// Writes it.
    ///
    /// @param plan    what is to be done
    /// @param written the file that has been written; null if none was
    /// @param out     where to
    public static void print(Plan plan, @Nullable Path written, PrintWriter out) {
        JsonWriter json = new JsonWriter(out);
        json.object().name("file").value(plan.file());
        if (written != null) {
            json.name("output").value(written.toString());
        }
        json.name("keys").array();
        plan.keys().forEach(key -> key(plan, key, json));
        json.endArray();
        strings("warnings", plan.warnings(), json);
        json.endObject().end();
    }

    private static void key(Plan plan, KeyPlan key, JsonWriter json) {
        json.object().name("key").value(key.key());
        json.name("target").value(key.target());
        json.name("by").value(key.mechanism().text());
        json.name("safety").value(key.safety().text());
        json.name("changed").value(key.changed());
        json.name("unchanged").value(key.alreadySet());
        json.name("left").array();
        for (UnchangedSite unchanged : key.unchangedSites()) {
            json.object().name("site").value(unchanged.site());
            json.name("reason").value(unchanged.reason()).endObject();
        }
        json.endArray();
        strings("warnings", key.warnings(), json);
        json.name("edits").array();
        for (Edit edit : key.edits()) {
            json.object().name("site").value(edit.site());
            json.name("section").value(edit.section());
            json.name("address").value(edit.address().toString());
            json.name("offset").value(edit.offset().toString());
            json.name("old").value(HEX.formatHex(edit.expected()));
            json.name("new").value(HEX.formatHex(edit.replacement()));
            json.name("before").value(plan.before(edit));
            json.name("after").value(plan.after(edit)).endObject();
        }
        json.endArray().endObject();
    }

    private static void strings(String name, List<String> values, JsonWriter json) {
        json.name(name).array();
        values.forEach(json::value);
        json.endArray();
    }
}
