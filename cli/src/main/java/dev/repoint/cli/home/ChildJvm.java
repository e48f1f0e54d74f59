package dev.repoint.cli.home;

import java.util.concurrent.TimeUnit;

/// The end of a JVM that a command has started for itself.
public final class ChildJvm {

    private static final long PATIENCE_SECONDS = 5;

    private ChildJvm() {}

    /// Ends it as an operator does, so that it clears away its sockets. One that does not end by this is
    /// killed.
    ///
    /// @param process started by this command
    public static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                int unused = process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Process unused = process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
