package dev.repoint.cli.report;

import dev.repoint.Key;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.archive.DirectSummary;
import dev.repoint.weaver.direct.DirectResult;
import dev.repoint.weaver.direct.LeftCall;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answer of `patch --direct` as JSON.
public final class DirectJson {

    private DirectJson() {}

    /// Writes it.
    ///
    /// @param output the new file; null if nothing is to be written
    public static void print(Path file, @Nullable Path output, DirectSummary summary, PrintWriter out) {
        JsonWriter json = new JsonWriter(out);
        json.object().name("file").value(file.toString());
        if (output != null && summary.isWritten()) {
            json.name("output").value(output.toString());
        }
        json.name("changed").value(summary.changed());
        json.name("keys").array();
        summary.keys().forEach(each -> result(each, json));
        json.endArray().endObject().end();
    }

    private static void result(DirectResult result, JsonWriter json) {
        json.object().name("key").value(result.key().text());
        Key target = result.target();
        if (target != null) {
            json.name("target").value(target.text());
        }
        String refusal = result.refusal();
        if (refusal != null) {
            json.name("refusal").value(refusal);
        }
        json.name("earlier").value(result.earlier());
        sites("pointed", result.pointed(), json);
        json.name("left").array();
        for (LeftCall each : result.left()) {
            site(each.site(), json);
            json.name("reason").value(each.reason()).endObject();
        }
        json.endArray();
        sites("own", result.own(), json);
        texts("unseen", result.unseen(), json);
        texts("differences", result.differences(), json);
        json.endObject();
    }

    private static void sites(String name, List<Site> sites, JsonWriter json) {
        json.name(name).array();
        for (Site each : sites) {
            site(each, json);
            json.endObject();
        }
        json.endArray();
    }

    private static void site(Site site, JsonWriter json) {
        json.object().name("kind").value(site.kind());
        json.name("in").value(site.in().text());
        json.name("line").value(site.line());
    }

    private static void texts(String name, List<String> texts, JsonWriter json) {
        json.name(name).array();
        texts.forEach(json::value);
        json.endArray();
    }
}
