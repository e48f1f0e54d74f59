package dev.repoint.cli.watch;

import dev.repoint.cli.output.Style;
import java.io.PrintWriter;

/// Chooses where it is shown what patchables lead to.
public final class WatchDisplays {

    private WatchDisplays() {}

    /// A table that is drawn again, on terminals; lines elsewhere.
    ///
    /// @param out   where it is shown
    /// @param style whether that is a terminal
    /// @param json  whether lines are JSON; then never a table
    public static WatchDisplay of(PrintWriter out, Style style, boolean json, long pid) {
        return style == Style.COLOUR && !json ? new LiveTable(out, style, pid) : new ChangeLines(out, json);
    }
}
