package dev.repoint.cli.demo;

import dev.repoint.cli.output.Style;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/// Where a run is shown as it happens. Not thread-safe.
interface Display {

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

    /// Says something that stays.
    ///
    /// @param line one line
    void say(String line);

    /// Shows how things stand.
    ///
    /// @param recording all samples so far
    void show(Recording recording);

    /// Ends the showing; what was shown last stays.
    void end();
}
