package dev.repoint.agent.trace;

import dev.repoint.SyntaxException;
import java.io.Serial;

/// A condition that cannot be read, or that does not fit the method whose calls it is asked of.
///
/// The message is one line with the place and what to write.
public final class ConditionException extends SyntaxException {

    @Serial
    private static final long serialVersionUID = 1L;

    ConditionException(String message) {
        super(message, null);
    }
}
