package dev.repoint.agent.control;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A request to a running JVM that failed. Nothing has been changed there.
///
/// The message is one line: what was found, and what to do about it.
public final class ControlException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure.
    ///
    /// @param message one line
    public ControlException(String message) {
        super(message);
    }

    /// A failure that another one led to.
    ///
    /// @param message one line
    /// @param cause the failure behind it, or null
    public ControlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
