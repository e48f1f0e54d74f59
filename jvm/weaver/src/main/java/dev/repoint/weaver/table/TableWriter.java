package dev.repoint.weaver.table;

import dev.repoint.Key;
import dev.repoint.weaver.Site;
import java.nio.charset.StandardCharsets;

/// Writes a [Table] as text. The texts of equal tables have equal bytes.
public final class TableWriter {

    /// The version of the written format.
    static final int VERSION = 1;

    private final StringBuilder text = new StringBuilder();
    private int lines;

    private TableWriter() {}

    /// The text of a table.
    ///
    /// @param table any table
    /// @return UTF-8, as `docs/table-format.md` describes it
    public static byte[] write(Table table) {
        TableWriter writer = new TableWriter();
        writer.line("repoint-table", Integer.toString(VERSION));
        for (TableRow row : table.rows()) {
            writer.row(row);
        }
        for (Rejected rejected : table.rejected()) {
            writer.line("rejected", rejected.subject(), rejected.reason());
        }
        writer.line("end", Integer.toString(writer.lines));
        return writer.text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void row(TableRow row) {
        Key key = row.key();
        line("patchable", row.safety().text(), key.owner(), key.name(), key.descriptor(), row.reason());
        for (Site site : row.sites()) {
            Key in = site.in();
            line("site", site.kind(), in.owner(), in.name(), in.descriptor(), Integer.toString(site.line()));
        }
    }

    private void line(String... fields) {
        text.append(Fields.join(fields)).append('\n');
        lines++;
    }
}
