package dev.repoint.weaver.table;

import dev.repoint.Key;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the text of a [Table], and checks it completely.
public final class TableReader {

    private static final Set<String> KINDS = Set.of(
            "invokestatic",
            "invokevirtual",
            "invokespecial",
            "invokeinterface",
            "getstatic",
            "putstatic",
            "methodref",
            "ldc");

    private final String place;
    private final List<TableRow> rows = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private @Nullable Key key;
    private Safety safety = Safety.NONE;
    private String reason = "";
    private int line;

    private TableReader(String place) {
        this.place = place;
    }

    /// Reads a table.
    ///
    /// @param text the bytes, as [TableWriter] writes them
    /// @param place the name of the text in messages, for example `app.jar@META-INF/repoint/table`
    /// @return the table
    /// @throws WeaveException if the text is not a table of a known version; the message gives the place, the line
    ///     and the text found
    public static Table read(byte[] text, String place) {
        return new TableReader(place).read(text);
    }

    private Table read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new WeaveException(place + ": not a table: it is not UTF-8", e);
        }
        try {
            List<String> lines = List.of(text.split("\n", -1));
            for (String each : lines) {
                line++;
                if (line == 1) {
                    header(Fields.split(each));
                } else if (each.startsWith("end\t")) {
                    end(Fields.split(each), lines);
                    return new Table(rows, rejected);
                } else {
                    row(Fields.split(each));
                }
            }
            throw new IllegalArgumentException("the text ends without its line 'end'");
        } catch (IllegalArgumentException e) {
            throw new WeaveException(place + ": line " + line + ": " + e.getMessage(), e);
        }
    }

    private void header(List<String> fields) {
        if (fields.size() != 2 || !fields.get(0).equals("repoint-table")) {
            throw new IllegalArgumentException("found '" + fields.get(0) + "' where 'repoint-table' was expected");
        }
        int version = number(fields.get(1), 1);
        if (version > TableWriter.VERSION) {
            throw new IllegalArgumentException("format " + version
                    + " was written by a later Repoint; this one reads up to " + TableWriter.VERSION + ": update");
        }
    }

    private void row(List<String> fields) {
        switch (fields.get(0)) {
            case "patchable" -> {
                count(fields, 6);
                closeRow();
                safety = safety(fields.get(1));
                key = new Key(fields.get(2), fields.get(3), fields.get(4));
                reason = fields.get(5);
                TableRow.requireFit(key, safety);
            }
            case "site" -> {
                count(fields, 6);
                if (key == null) {
                    throw new IllegalArgumentException("found a site before any patchable");
                }
                if (!KINDS.contains(fields.get(1))) {
                    throw new IllegalArgumentException("found the kind '" + fields.get(1) + "'");
                }
                Key in = new Key(fields.get(2), fields.get(3), fields.get(4));
                sites.add(new Site(key, fields.get(1), in, number(fields.get(5), -1)));
            }
            case "rejected" -> {
                count(fields, 3);
                closeRow();
                rejected.add(new Rejected(fields.get(1), fields.get(2)));
            }
            default ->
                throw new IllegalArgumentException(
                        "found '" + fields.get(0) + "' where patchable, site, rejected or end was expected");
        }
    }

    private void end(List<String> fields, List<String> lines) {
        count(fields, 2);
        closeRow();
        if (number(fields.get(1), 0) != line - 1) {
            throw new IllegalArgumentException(
                    "found " + (line - 1) + " lines before the end, but it counts " + fields.get(1));
        }
        if (line + 1 != lines.size() || !lines.get(lines.size() - 1).isEmpty()) {
            throw new IllegalArgumentException("found text behind the line 'end'");
        }
    }

    private void closeRow() {
        if (key != null) {
            rows.add(new TableRow(key, safety, reason, sites));
        }
        key = null;
        sites.clear();
    }

    private static Safety safety(String text) {
        for (Safety safety : Safety.values()) {
            if (safety != Safety.NONE && safety.text().equals(text)) {
                return safety;
            }
        }
        throw new IllegalArgumentException("found the safety '" + text + "' where entry, field or sites was expected");
    }

    private static void count(List<String> fields, int expected) {
        if (fields.size() != expected) {
            throw new IllegalArgumentException("found " + fields.size() + " fields in a line of '" + fields.get(0)
                    + "' where " + expected + " were expected");
        }
    }

    private static int number(String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("found '" + text + "' where a number was expected", e);
        }
        throw new IllegalArgumentException("found " + text + " where a number from " + least + " was expected");
    }
}
