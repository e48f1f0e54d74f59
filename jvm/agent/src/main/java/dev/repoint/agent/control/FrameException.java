package dev.repoint.agent.control;

import java.io.IOException;
import java.io.Serial;

/// Bytes on the control socket that are not a frame of this version. The connection cannot be used any more.
///
/// The message is one line with the value found and the value expected.
public final class FrameException extends IOException {

    @Serial
    private static final long serialVersionUID = 1L;

    FrameException(String message) {
        super(message);
    }
}
