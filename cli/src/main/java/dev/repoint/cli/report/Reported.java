package dev.repoint.cli.report;

import java.nio.file.Path;

/// What was found in one file.
public sealed interface Reported permits ScannedFile, CollectedFile {

    /// The file, as it was named.
    Path file();

    /// Whether nothing that was looked for is there.
    boolean isEmpty();
}
