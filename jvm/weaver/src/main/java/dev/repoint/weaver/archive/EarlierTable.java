package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
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

/// A table that lies in a directory already, without what belongs to classes that have gone since.
///
/// @param directory the directory as it is now
record EarlierTable(DirectoryContents directory) {

    /// What is still true of a table.
    ///
    /// @return its text; null if nothing is
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

    /// The class of a key as people write it.
    private static String ownerOf(String key) {
        try {
            return KeyPattern.parse(key).owner();
        } catch (PatchException e) {
            return key; // a place, and no key
        }
    }
}
