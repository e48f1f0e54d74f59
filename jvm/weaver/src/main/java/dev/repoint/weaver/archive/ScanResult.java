package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.table.Table;
import java.util.List;

/// The patchables of a file.
///
/// @param table the patchables with their sites, and the rejected ones
/// @param unmatched the patterns that match no method that the file declares or uses
/// @param classes the number of class files that were read
/// @param newer the message about class files of a later Java than the JDK's, which cannot be read; empty if there
///     are none
public record ScanResult(Table table, List<KeyPattern> unmatched, int classes, String newer) {

    /// A result without class files of a later Java.
    ///
    /// @param table the patchables with their sites, and the rejected ones
    /// @param unmatched the patterns that match no method that the file declares or uses
    /// @param classes the number of class files that were read
    public ScanResult(Table table, List<KeyPattern> unmatched, int classes) {
        this(table, unmatched, classes, "");
    }

    /// Copies the list.
    public ScanResult {
        unmatched = List.copyOf(unmatched);
    }
}
