package dev.repoint.cli.output;

import java.io.Console;
import java.util.concurrent.ThreadLocalRandom;

/// Whether and how text is coloured, by ECMA-48 control sequences, for a [SafeWriter] to print.
public enum Style {

    /// No control sequences.
    PLAIN,
    /// Colours.
    COLOUR;

    /// What stands for an escape character in text that a [SafeWriter] prints. Nothing that comes from
    /// elsewhere can have it.
    static final String MARK =
            "\u001b" + Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);

    private static final String OFF = MARK + "[0m";

    /// The style that suits standard output: colours if it is a terminal, unless `NO_COLOR` is set
    /// (no-color.org) or the terminal is dumb.
    ///
    /// @return the style
    @SuppressWarnings("SystemConsoleNull") // it may be null, depending on -Djdk.console
    public static Style ofOutput() {
        String off = System.getenv("NO_COLOR");
        Console console = System.console();
        boolean colour = console != null
                && console.isTerminal()
                && (off == null || off.isEmpty())
                && !"dumb".equals(System.getenv("TERM"));
        return colour ? COLOUR : PLAIN;
    }

    /// Stands back.
    public String dim(String text) {
        return in("2", text);
    }

    /// Stands out.
    public String bold(String text) {
        return in("1", text);
    }

    /// Good.
    public String green(String text) {
        return in("32", text);
    }

    /// Bad.
    public String red(String text) {
        return in("31", text);
    }

    /// To be looked at.
    public String yellow(String text) {
        return in("33", text);
    }

    /// Changed.
    public String cyan(String text) {
        return in("36", text);
    }

    private String in(String code, String text) {
        return this == PLAIN || text.isEmpty() ? text : MARK + "[" + code + "m" + text + OFF;
    }
}
