package dev.repoint.cli.watch;

import java.util.List;

/// Where it is shown what patchables lead to. Not thread-safe.
public sealed interface WatchDisplay permits LiveTable, ChangeLines {

    /// Shows how things stand.
    void show(List<WatchedPatchable> rows);

    /// Ends the showing; what was shown last stays.
    void end();
}
