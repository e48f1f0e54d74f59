package dev.repoint.weaver.table;

import dev.repoint.Key;
import dev.repoint.weaver.Safety;
import dev.repoint.weaver.Site;
import java.util.List;

/// One patchable with its sites.
///
/// @param key the method or field
/// @param safety `ENTRY`, `SITES` or `FIELD`
/// @param reason the reason why its entry cannot be patched; otherwise empty
/// @param sites all places that use it, sorted
public record TableRow(Key key, Safety safety, String reason, List<Site> sites) {

    /// Sorts and copies the sites.
    ///
    /// @throws IllegalArgumentException if the safety is [Safety#NONE] or not possible for such a key, or if a site
    ///     belongs to another key
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

    /// Refuses a field with the safety of a method, and a method with that of a field.
    static void requireFit(Key key, Safety safety) {
        if (key.isField() != (safety == Safety.FIELD)) {
            throw new IllegalArgumentException(key + " is a " + (key.isField() ? "field" : "method")
                    + " and not of the safety '" + safety.text() + "'");
        }
    }
}
