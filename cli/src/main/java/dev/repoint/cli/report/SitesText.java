package dev.repoint.cli.report;

import dev.repoint.agent.control.PatchableStatus;
import dev.repoint.cli.output.Style;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;

/// The answer of `sites` as text.
///
/// @param out where to
/// @param style for headings
public record SitesText(PrintWriter out, Style style) {

    private static final String INDENT = "  ";

    /// Writes it.
    ///
    /// @param files what was found
    /// @param summary whether numbers are enough
    public void print(List<? extends SearchResult> files, boolean summary) {
        for (int i = 0; i < files.size(); i++) {
            if (i > 0) {
                out.println();
            }
            // No switch over types: linking one takes as long as collecting a small file.
            if (files.get(i) instanceof NativeResult collected) {
                new NativeText(out, style).print(collected, summary);
            } else if (files.get(i) instanceof ArchiveResult scanned) {
                print(scanned, summary);
            } else if (files.get(i) instanceof EntriesResult judged) {
                EntriesReport.print(judged, summary, out, style);
            } else if (files.get(i) instanceof JvmResult running) {
                print(running, summary);
            }
        }
    }

    private void print(ArchiveResult file, boolean summary) {
        out.println(style.bold(file.file().toString()) + " (" + file.format().text() + "): "
                + Count.of(file.result().classes(), "class", "classes") + ", "
                + Count.of(file.rows().size(), "patchable", "patchables") + ", "
                + Count.of(file.result().table().siteCount(), "site", "sites"));
        if (summary) {
            numbers(file);
        } else {
            Iterator<String> keys = file.result().table().keyTexts().iterator();
            file.rows().forEach(row -> patchable(row, keys.next()));
            rejected(file.result().table().rejected());
        }
    }

    private void print(JvmResult jvm, boolean summary) {
        out.println(style.bold(jvm.file().toString()) + " (jvm): "
                + Count.of(jvm.patchables().size(), "patchable", "patchables"));
        for (PatchableStatus each : summary ? List.<PatchableStatus>of() : jvm.patchables()) {
            out.println(INDENT
                    + each.key()
                    + INDENT
                    + Count.of(each.links(), "link", "links")
                    + (each.target().equals("default") ? "" : " -> " + style.cyan(each.target())));
        }
    }

    private void numbers(ArchiveResult file) {
        long entries =
                file.rows().stream().filter(row -> row.safety() == Safety.ENTRY).count();
        long fields =
                file.rows().stream().filter(row -> row.safety() == Safety.FIELD).count();
        out.println(INDENT + Count.of(entries, "entry", "entries")
                + (fields == 0 ? "" : ", " + Count.of(fields, "field", "fields")) + " and the calls of "
                + Count.of(file.rows().size() - entries - fields, "more method", "more methods") + " can be patched");
        List<Rejected> rejected = file.rejected();
        if (!rejected.isEmpty()) {
            out.println(INDENT + Count.of(rejected.size(), "entry", "entries") + " cannot, by reason:");
            RejectionSummary.print(rejected, out, INDENT + INDENT);
        }
    }

    private void patchable(TableRow row, String key) {
        out.println();
        out.println(style.bold(key) + INDENT + Count.of(row.sites().size(), "site", "sites"));
        if (row.safety() == Safety.SITES) {
            out.println(INDENT + style.yellow("not its entry: ") + row.reason());
        }
        for (Site site : row.sites()) {
            String line = site.line() < 0 ? "" : ":" + site.line();
            out.printf("%s%-15s  %s%s%n", INDENT, site.kind(), site.in().text(), line);
        }
    }

    private void rejected(List<Rejected> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        out.println();
        out.println(style.yellow("cannot be patched:"));
        rejected.forEach(each -> out.println(INDENT + each.subject() + ": " + each.reason()));
    }
}
