package dev.repoint;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// A patch, or the look-up of a patchable, that was refused. Nothing has been changed.
///
/// The message is one line, made [safe][SafeText]. It names the key, says what was found and what to do about
/// it.
public final class PatchException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A refusal.
    ///
    /// @param message one line: the key, what was found, what to do
    public PatchException(String message) {
        super(SafeText.of(message));
    }

    /// A refusal that another failure led to.
    ///
    /// @param message one line: the key, what was found, what to do
    /// @param cause the failure behind it, or null
    public PatchException(String message, @Nullable Throwable cause) {
        super(SafeText.of(message), cause);
    }
}
