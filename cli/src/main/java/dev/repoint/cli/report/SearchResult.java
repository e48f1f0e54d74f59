package dev.repoint.cli.report;

import java.nio.file.Path;

/// What was found in one file, or in a running JVM.
public sealed interface SearchResult permits ArchiveResult, NativeResult, EntriesResult, JvmResult {

    /// The file, as it was named; or the process.
    Path file();

    /// Whether nothing that was looked for is there.
    boolean isEmpty();
}
