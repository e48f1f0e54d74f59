package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.SyntaxException;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.Table;
import dev.repoint.weaver.table.TableReader;
import dev.repoint.weaver.table.TableRow;
import dev.repoint.weaver.table.TableWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The table that a directory already contains, without the rows of removed classes.
///
/// @param directory the current directory
record EarlierTable(DirectoryContents directory) {

    /// The rows of a table that are still valid.
    ///
    /// @return its text; null if no row is
    static byte @Nullable [] of(byte[] text, DirectoryContents directory) {
        Table table = new EarlierTable(directory).current(TableReader.read(text, directory.place(Table.ENTRY)));
        return table.equals(Table.EMPTY) ? null : TableWriter.write(table);
    }

    private Table current(Table table) {
        List<TableRow> rows = new ArrayList<>();
        for (TableRow row : table.rows()) {
            List<Site> sites = row.sites().stream()
                    .filter(site -> isThere(site.in().owner()))
                    .toList();
            if (!sites.isEmpty()
                    || row.safety() == Safety.ENTRY && isThere(row.key().owner())) {
                rows.add(new TableRow(row.key(), row.safety(), row.reason(), sites));
            }
        }
        List<Rejected> rejected = table.rejected().stream()
                .filter(each -> isThere(ownerOf(each.subject())))
                .toList();
        return new Table(rows, rejected);
    }

    private boolean isThere(String binaryName) {
        return directory.known().contains(binaryName.replace('.', '/') + ".class");
    }

    /// The class of a key in text form.
    private static String ownerOf(String key) {
        try {
            return KeyPattern.parse(key).owner();
        } catch (SyntaxException e) {
            return key; // a place, and no key
        }
    }
}
