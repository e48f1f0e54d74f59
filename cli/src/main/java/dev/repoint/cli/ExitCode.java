package dev.repoint.cli;

/// What the process returns to its caller.
public final class ExitCode {

    /// Done as asked.
    public static final int OK = 0;
    /// It could not be done, or what was checked is not as it should be.
    public static final int FAILURE = 1;
    /// The command was written wrongly; nothing was done.
    public static final int USAGE = 2;

    private ExitCode() {}
}
