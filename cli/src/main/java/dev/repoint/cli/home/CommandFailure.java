package dev.repoint.cli.home;

import java.io.Serial;

/// Something that the user can mend. Its message is one line for stderr: the file or key, what was found, what
/// to do.
public final class CommandFailure extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure that was found here.
    ///
    /// @param message one line
    public CommandFailure(String message) {
        super(message);
    }

    /// A failure that another one led to.
    ///
    /// @param message one line
    /// @param cause the failure behind it
    public CommandFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
