package dev.repoint.weaver.table;

import dev.repoint.Key;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// All patchables of a file with their sites, and all rejections. Immutable.
///
/// @param rows the patchables, one row each, sorted by key
/// @param rejected the rejections, sorted, without repetitions
public record Table(List<TableRow> rows, List<Rejected> rejected) {

    /// The entry of the table in a woven jar.
    public static final String ENTRY = "META-INF/repoint/table";

    /// An empty table.
    public static final Table EMPTY = new Table(List.of(), List.of());

    /// Sorts and copies.
    ///
    /// @throws IllegalArgumentException if two rows have one key
    public Table {
        rows = rows.stream().sorted(Comparator.comparing(TableRow::key)).toList();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).key().equals(rows.get(i - 1).key())) {
                throw new IllegalArgumentException("two rows for " + rows.get(i).key());
            }
        }
        rejected = List.copyOf(new TreeSet<>(rejected));
    }

    /// This table and the rows of an earlier table of the same file. If both have a row for one key, the row of this
    /// table counts.
    ///
    /// @param earlier the other table
    /// @return rows and rejections of both
    public Table and(Table earlier) {
        Map<Key, TableRow> all = new TreeMap<>();
        earlier.rows.forEach(row -> all.put(row.key(), row));
        rows.forEach(row -> all.put(row.key(), row));
        TreeSet<Rejected> both = new TreeSet<>(earlier.rejected);
        both.addAll(rejected);
        return new Table(List.copyOf(all.values()), List.copyOf(both));
    }

    /// The keys of the rows as text, with the parts that distinguish them.
    ///
    /// @return a text for each row, in their order
    public List<String> keyTexts() {
        return Key.texts(rows.stream().map(TableRow::key).toList());
    }

    /// The number of sites of all rows.
    ///
    /// @return 0 or more
    public int siteCount() {
        return rows.stream().mapToInt(row -> row.sites().size()).sum();
    }
}
