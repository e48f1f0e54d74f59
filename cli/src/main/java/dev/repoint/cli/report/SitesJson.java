package dev.repoint.cli.report;

import dev.repoint.cli.output.JsonWriter;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.io.PrintWriter;
import java.util.List;

/// The answer of `sites` as JSON:
///
/// ```
/// {"files":[{"file","format","patchables":[{"key","safety","sites":[{"kind","in","line"}]}],
///            "rejected":[{"key","reason"}]}]}
/// ```
public final class SitesJson {

    private SitesJson() {}

    /// Writes it.
    ///
    /// @param files what was found
    /// @param out where to
    public static void print(List<ScannedFile> files, PrintWriter out) {
        JsonWriter json = new JsonWriter(out);
        json.object().name("files").array();
        for (ScannedFile file : files) {
            json.object().name("file").value(file.file().toString());
            json.name("format").value(file.format().text());
            json.name("patchables").array();
            file.rows().forEach(row -> patchable(row, json));
            json.endArray().name("rejected").array();
            for (Rejected rejected : file.rejected()) {
                json.object().name("key").value(rejected.subject());
                json.name("reason").value(rejected.reason()).endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject().end();
    }

    private static void patchable(TableRow row, JsonWriter json) {
        json.object().name("key").value(row.key().text());
        json.name("safety").value(row.safety().text());
        json.name("sites").array();
        for (Site site : row.sites()) {
            json.object().name("kind").value(site.kind());
            json.name("in").value(site.in().text());
            json.name("line").value(site.line()).endObject();
        }
        json.endArray().endObject();
    }
}
