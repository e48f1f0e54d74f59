package dev.repoint.cli.report;

import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.cli.output.JsonWriter;
import dev.repoint.machine.mangling.Demangled;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Rejection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;

/// The answer of `sites` as JSON:
///
/// ```
/// {"files":[{"file","format","patchables":[{"key","safety","sites":[{"kind","in","line"}]}],
///            "rejected":[{"key","reason"}]}]}
/// ```
///
/// Of a running JVM each patchable has `key`, `links` and `now` alone. Sites of native code also have `address`
/// and `offset`, both in hexadecimal, and if they lead elsewhere than to the default, `now`. With `--entries` a file has
/// `entries`: the functions, each with `key`, `address`, `size`, `names`, `from`, `verdict`, `entry`, `target`, `notes`.
public final class SitesJson {

    private SitesJson() {}

    /// Writes it.
    ///
    /// @param files what was found
    /// @param out where to
    public static void print(List<? extends SearchResult> files, PrintWriter out) {
        JsonWriter json = new JsonWriter(out);
        json.object().name("files").array();
        for (SearchResult file : files) {
            json.object().name("file").value(file.file().toString());
            if (file instanceof NativeResult collected) {
                print(collected, json);
            } else if (file instanceof ArchiveResult scanned) {
                print(scanned, json);
            } else if (file instanceof EntriesResult judged) {
                EntriesReport.print(judged, json);
            } else if (file instanceof JvmResult running) {
                print(running, json);
            }
            json.endObject();
        }
        json.endArray().endObject().end();
    }

    private static void print(ArchiveResult file, JsonWriter json) {
        json.name("format").value(file.format().text());
        json.name("patchables").array();
        Iterator<String> keys = file.result().table().keyTexts().iterator();
        file.rows().forEach(row -> patchable(row, keys.next(), json));
        json.endArray().name("rejected").array();
        for (Rejected rejected : file.rejected()) {
            rejected(rejected.subject(), rejected.reason(), json);
        }
        json.endArray();
    }

    private static void print(NativeResult file, JsonWriter json) {
        json.name("format").value("elf");
        json.name("patchables").array();
        for (Patchable each : file.patchables()) {
            patchable(each, json);
        }
        json.endArray().name("rejected").array();
        for (Rejection each : file.rejections()) {
            rejected(each.key().text(), each.reason(), json);
        }
        json.endArray();
    }

    private static void print(JvmResult jvm, JsonWriter json) {
        json.name("format").value("jvm");
        json.name("patchables").array();
        for (PatchableStatus each : jvm.patchables()) {
            json.object().name("key").value(each.key());
            json.name("links").value(each.links());
            json.name("now").value(each.target()).endObject();
        }
        json.endArray().name("rejected").array().endArray();
    }

    private static void rejected(String key, String reason, JsonWriter json) {
        json.object().name("key").value(key).name("reason").value(reason).endObject();
    }

    private static void patchable(Patchable patchable, JsonWriter json) {
        json.object().name("key").value(patchable.key().text());
        Demangled name = Demangler.demangle(patchable.key().symbol());
        if (name != null) {
            json.name("name").value(name.whole());
        }
        json.name("safety").value(patchable.safety().text());
        json.name("sites").array();
        for (dev.repoint.machine.site.Site site : patchable.sites()) {
            json.object().name("kind").value(site.kind().text());
            json.name("in").value(site.in());
            json.name("line").value(site.line());
            json.name("address").value(site.address().toString());
            json.name("offset").value(site.offset().toString());
            if (!site.currentTarget().isDefault()) {
                json.name("now").value(site.currentTarget().text());
            }
            json.endObject();
        }
        json.endArray().endObject();
    }

    private static void patchable(TableRow row, String key, JsonWriter json) {
        json.object().name("key").value(key);
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
