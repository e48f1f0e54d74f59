package dev.repoint.internal.report;

import dev.repoint.SyntaxException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/// What Repoint throws where a text is not written as it must be.
public final class WrongSyntax extends SyntaxException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// @param message one line: the text, what is wrong with it, what to write
    public WrongSyntax(String message) {
        super(message, null);
    }

    public WrongSyntax(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
