package dev.repoint.weaver;

import dev.repoint.SafeText;
import java.io.Serial;

/// A file that could not be woven. Nothing has been written.
///
/// The message is one line, made [safe][SafeText], as a damaged file may be quoted. It names the file down to the entry where that is known, the offset and the value found.
public final class WeaveException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// A failure that was found here.
    ///
    /// @param message one line
    public WeaveException(String message) {
        super(SafeText.of(message));
    }

    /// A failure that another one led to.
    ///
    /// @param message one line
    /// @param cause the failure behind it
    public WeaveException(String message, Throwable cause) {
        super(SafeText.of(message), cause);
    }

    static WeaveException at(int offset, String found) {
        return new WeaveException("malformed class file at offset " + offset + ": " + found);
    }
}
