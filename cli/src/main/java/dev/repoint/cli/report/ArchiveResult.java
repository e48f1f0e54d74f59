package dev.repoint.cli.report;

import dev.repoint.weaver.Safety;
import dev.repoint.weaver.archive.ArchiveFormat;
import dev.repoint.weaver.archive.ScanResult;
import dev.repoint.weaver.table.Rejected;
import dev.repoint.weaver.table.TableRow;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What was found in a file.
///
/// @param file as it was named
/// @param format what it is
/// @param result what was found
public record ArchiveResult(Path file, ArchiveFormat format, ScanResult result) implements SearchResult {

    @Override
    public boolean isEmpty() {
        return rows().isEmpty() && rejected().isEmpty();
    }

    /// The patchables with their sites.
    List<TableRow> rows() {
        return result.table().rows();
    }

    /// What cannot be patched, wholly or at its entry, and why.
    List<Rejected> rejected() {
        Stream<Rejected> entries = rows().stream()
                .filter(row -> row.safety() == Safety.SITES)
                .map(row -> new Rejected(row.key().text(), row.reason()));
        return Stream.concat(entries, result.table().rejected().stream())
                .sorted()
                .distinct()
                .toList();
    }
}
