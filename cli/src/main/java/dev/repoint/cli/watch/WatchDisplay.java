package dev.repoint.cli.watch;

import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.util.List;

/// Where it is shown what patchables lead to. Not thread-safe.
public sealed interface WatchDisplay permits LiveTable, ChangeLines {

    /// A table that is drawn again, on terminals; lines elsewhere.
    ///
    /// @param out   where it is shown
    /// @param style whether that is a terminal
    /// @param json  whether lines are JSON; then never a table
    static WatchDisplay of(PrintWriter out, Style style, boolean json, long pid) {
        return style == Style.COLOUR && !json ? new LiveTable(out, style, pid) : new ChangeLines(out, json);
    }

    /// Shows how things stand.
    void show(List<WatchedPatchable> rows);

    /// Ends the showing; what was shown last stays.
    void end();
}
