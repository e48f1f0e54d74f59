package dev.repoint.cli;

import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import dev.repoint.elf.ElfFile;
import dev.repoint.machine.diversion.Diversion;
import dev.repoint.machine.diversion.DivertedFile;
import dev.repoint.machine.mangling.Demangler;
import dev.repoint.machine.site.Patchable;
import dev.repoint.machine.site.Site;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.Decision;
import dev.repoint.weaver.table.TableRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// What the patchables of a file lead to: of native code those that lead elsewhere, of a jar all that are
/// woven.
///
/// @param file  that was looked at
/// @param rows  by key
/// @param empty what is said if there are none
record FileStatus(Path file, List<Row> rows, String empty) {

    /// A patchable.
    ///
    /// @param sites how many of its uses lead there
    record Row(String key, String target, int sites, String note) {}

    /// Looks at a file.
    ///
    /// @param notices takes what is not a result
    static FileStatus of(Path file, Consumer<String> notices) throws IOException {
        return SiteSearch.isNative(file) ? ofNative(file, notices) : ofArchive(file);
    }

    private static FileStatus ofNative(Path file, Consumer<String> notices) throws IOException {
        List<Row> rows = new ArrayList<>();
        DivertedFile diverted = DivertedFile.of(ElfFile.read(file));
        for (Diversion each : diverted.diversions()) {
            rows.add(new Row(each.key(), Demangler.shown(each.target()), 1, "its entry"));
        }
        for (Patchable each :
                ModuleTable.of(file, diverted.original(), null, notices).patchables()) {
            Map<String, Integer> targets = new TreeMap<>();
            for (Site site : each.sites()) {
                if (!site.currentTarget().isDefault()) {
                    targets.merge(site.currentTarget().text(), 1, Integer::sum);
                }
            }
            int all = each.sites().size();
            targets.forEach((target, sites) -> rows.add(new Row(
                    each.key().text(), Demangler.shown(target), sites, sites == all ? "" : "of " + all + " sites")));
        }
        return new FileStatus(
                file, rows, "every patchable of " + file + " is at its default; repoint sites lists them");
    }

    private static FileStatus ofArchive(Path file) {
        List<Row> rows = new ArrayList<>();
        try (Archive archive = Archive.open(file)) {
            List<Decision> decisions = archive.decisions();
            archive.pointed()
                    .forEach(each ->
                            rows.add(new Row(each.key().toString(), each.target(), each.calls(), "direct, for good")));
            archive.table().ifPresent(table -> {
                Iterator<String> keys = table.keyTexts().iterator();
                table.rows().forEach(row -> rows.add(row(row, keys.next(), decisions)));
            });
        }
        return new FileStatus(file, rows, file + ": nothing is woven; repoint weave makes methods patchable");
    }

    private static Row row(TableRow row, String key, List<Decision> decisions) {
        for (Decision each : decisions) {
            if (each.key().matches(row.key())) {
                return new Row(
                        key,
                        each.target(),
                        row.sites().size(),
                        each.isDecided() ? "patched" : "offered: " + each.conditions());
            }
        }
        return new Row(key, "default", row.sites().size(), "");
    }

    /// Writes it.
    ///
    /// @param notices takes the notice that there is nothing
    void print(PrintWriter out, boolean isJson, Style style, Consumer<String> notices) {
        if (isJson) {
            json(new JsonWriter(out));
        } else if (rows.isEmpty()) {
            notices.accept(empty);
        } else {
            Table table = new Table("patchable", "target", ">sites", "note");
            rows.forEach(each ->
                    table.row(Demangler.shown(each.key()), each.target(), Integer.toString(each.sites()), each.note()));
            table.print(out, style);
        }
    }

    private void json(JsonWriter json) {
        json.object().name("file").value(file.toString());
        json.name("patchables").array();
        for (Row each : rows) {
            json.object().name("key").value(each.key());
            json.name("target").value(each.target());
            json.name("sites").value(each.sites());
            json.name("note").value(each.note()).endObject();
        }
        json.endArray().endObject().end();
    }
}
