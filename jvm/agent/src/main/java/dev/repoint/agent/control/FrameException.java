package dev.repoint.agent.control;

import java.io.IOException;
import java.io.Serial;

/// Bytes on the control socket that are no frame of this version. The connection cannot be used any further.
///
/// The message is one line: what was found, and what is expected.
public final class FrameException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message);
    }
}
