package dev.repoint.weaver.table;

import dev.repoint.Key;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import java.util.List;

/// One patchable with its sites.
///
/// @param key the method or field
/// @param safety how far it can be patched: its entry, or only its sites; or that it is a field
/// @param reason why not its entry; empty where that can be
/// @param sites every place that uses it, sorted
public record TableRow(Key key, Safety safety, String reason, List<Site> sites) {

    /// Sorts and copies the sites.
    ///
    /// @throws IllegalArgumentException if the safety is [Safety#NONE] or not one for such a key, or a site is
    ///     one of another method
    public TableRow {
        if (safety == Safety.NONE) {
            throw new IllegalArgumentException(key + " cannot be patched, so it is no row of a table");
        }
        requireFit(key, safety);
        for (Site site : sites) {
            if (!site.key().equals(key)) {
                throw new IllegalArgumentException("a site of " + site.key() + " is none of " + key);
            }
        }
        sites = sites.stream().sorted().toList();
    }

    /// Refuses a field that is said to be a method, and the other way round.
    static void requireFit(Key key, Safety safety) {
        if (key.isField() != (safety == Safety.FIELD)) {
            throw new IllegalArgumentException(key + " is a " + (key.isField() ? "field" : "method")
                    + " and not of the safety '" + safety.text() + "'");
        }
    }
}
