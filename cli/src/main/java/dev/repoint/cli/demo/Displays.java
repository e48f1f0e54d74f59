package dev.repoint.cli.demo;

import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/// Chooses where a run is shown.
final class Displays {

    private Displays() {}

    /// A chart on terminals that can show it, lines elsewhere.
    ///
    /// @param out where it is shown
    /// @param style whether that is a terminal
    /// @param seconds how long the run is to last, without its changes
    static Display of(PrintWriter out, Style style, double seconds) {
        double allowance = 1.06; // The changes take time as well.
        boolean blocks = Charset.forName(System.getProperty("stdout.encoding", "US-ASCII"))
                .newEncoder()
                .canEncode('█');
        return style == Style.COLOUR && blocks
                ? new LiveDisplay(out, style, Terminal.width(), seconds * allowance)
                : new PlainDisplay(out);
    }
}
