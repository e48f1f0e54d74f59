package dev.repoint.agent.control;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A failed request to a running JVM. Nothing has changed there.
///
/// The message is one line with the cause and the next step.
public final class ControlException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure without a cause.
    ///
    /// @param message one line
    public ControlException(String message) {
        super(message);
    }

    /// A failure with a cause.
    ///
    /// @param message one line
    /// @param cause the cause, or null
    public ControlException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
