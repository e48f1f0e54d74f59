package dev.repoint.cli.output;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.LongSupplier;

/// How far work is, on a terminal: one line that is written over again, from the second second on, and goes
/// away at the end. Where standard error is no terminal nothing is shown. Used by one thread.
public final class StatusLine implements AutoCloseable {

    private static final String PROPERTY = "repoint.terminal";
    private static final long FIRST_NANOS = 1_000_000_000;
    private static final long NEXT_NANOS = 100_000_000;
    private static final int WIDTH = 79;

    private final SafeWriter err;
    private final boolean isTerminal;
    private final LongSupplier nanos;
    private long next;
    private boolean isShown;

    /// A line that shows nothing yet.
    ///
    /// @param nanos the time
    StatusLine(SafeWriter err, boolean isTerminal, LongSupplier nanos) {
        this.err = err;
        this.isTerminal = isTerminal;
        this.nanos = nanos;
        this.next = nanos.getAsLong() + FIRST_NANOS;
    }

    /// A line on standard error, if the launcher has seen that this is a terminal.
    public static StatusLine on(PrintWriter err) {
        return new StatusLine(SafeWriter.of(err), Boolean.getBoolean(PROPERTY), System::nanoTime);
    }

    /// Shows how far it is, if it is time to.
    ///
    /// @param doing what is done
    /// @param done  how much
    /// @param all   of how much
    /// @param what  of what: `files`
    public void show(String doing, int done, int all, String what) {
        if (!isTerminal || nanos.getAsLong() - next < 0) {
            return;
        }
        next = nanos.getAsLong() + NEXT_NANOS;
        isShown = true;
        String text = String.format(Locale.ROOT, "repoint: %s, %,d of %,d %s", doing, done, all, what);
        err.status(text.length() > WIDTH ? text.substring(0, WIDTH) : text);
    }

    /// Takes it away.
    @Override
    public void close() {
        if (isShown) {
            isShown = false;
            err.status("");
        }
    }
}
