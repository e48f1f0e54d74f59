package dev.repoint.weaver.archive;

import dev.repoint.KeyPattern;
import dev.repoint.weaver.table.Table;
import java.util.List;

/// What a file has to be patched.
///
/// @param table the patchables with their sites, and what cannot be patched
/// @param unmatched the patterns that match no method of the file, and none that it uses
/// @param classes how many class files were read
/// @param newer what to say of class files of a later Java than the JDK's, which could not be read; empty if
///     there are none
public record ScanResult(Table table, List<KeyPattern> unmatched, int classes, String newer) {

    /// A result without class files of a later Java.
    ///
    /// @param table the patchables with their sites, and what cannot be patched
    /// @param unmatched the patterns that match no method of the file, and none that it uses
    /// @param classes how many class files were read
    public ScanResult(Table table, List<KeyPattern> unmatched, int classes) {
        this(table, unmatched, classes, "");
    }

    /// Copies the list.
    public ScanResult {
        unmatched = List.copyOf(unmatched);
    }
}
