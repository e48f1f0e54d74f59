package dev.repoint;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// Text that is not written as it must be: a key, a pattern, a target, an offer, or a condition.
///
/// The message is one line, made [safe][SafeText]. It quotes the text, says what is wrong with it, and what to write.
public class SyntaxException extends IllegalArgumentException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// For Repoint itself.
    protected SyntaxException(String message, @Nullable Throwable cause) {
        super(SafeText.of(message), cause);
    }

    SyntaxException(String message) {
        this(message, null);
    }
}
