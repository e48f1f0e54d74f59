package dev.repoint.cli.report;

import dev.repoint.cli.output.JsonWriter;
import dev.repoint.cli.output.Style;
import dev.repoint.cli.output.Table;
import dev.repoint.elf.Address;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/// The answer of `sites --entries`, as text and as JSON.
final class EntriesReport {

    private EntriesReport() {}

    /// Writes a table, or numbers.
    static void print(EntriesResult file, boolean summary, PrintWriter out, Style style) {
        out.println(
                style.bold(file.file().toString()) + " (elf): " + file.machine().text() + ", "
                        + Count.of(file.functions().size(), "function", "functions") + ", "
                        + Count.of(file.accepted(), "entry", "entries") + " can be patched");
        if (summary) {
            Map<String, Integer> counts = new TreeMap<>();
            file.functions().forEach(each -> counts.merge(each.text(), 1, Integer::sum));
            counts.forEach((text, count) -> out.printf("  %,8d  %s%n", count, text));
            return;
        }
        Table table = new Table("function", "address", ">bytes", "from", "entry", "note");
        for (EntriesResult.Row each : file.functions()) {
            String note = String.join("; ", each.notes());
            table.row(
                    each.key(),
                    new Address(each.verdict().address()).toString(),
                    each.size() == 0 ? "" : Long.toString(each.size()),
                    each.origin(),
                    each.text(),
                    each.target().equals("default")
                            ? note
                            : "-> " + each.target() + (note.isEmpty() ? "" : "; " + note));
        }
        table.print(out, style);
    }

    /// Writes the members of a file.
    static void print(EntriesResult file, JsonWriter json) {
        json.name("format").value("elf");
        json.name("entries").array();
        for (EntriesResult.Row each : file.functions()) {
            json.object().name("key").value(each.key());
            json.name("address").value(new Address(each.verdict().address()).toString());
            json.name("size").value(each.size());
            json.name("names").array();
            each.verdict().names().forEach(json::value);
            json.endArray();
            json.name("from").value(each.origin());
            json.name("verdict").value(each.isAccepted() ? "accepted" : "refused");
            json.name("entry").value(each.text());
            json.name("target").value(each.target());
            json.name("notes").array();
            each.notes().forEach(json::value);
            json.endArray().endObject();
        }
        json.endArray();
    }
}
