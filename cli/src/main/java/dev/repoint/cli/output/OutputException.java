package dev.repoint.cli.output;

import dev.repoint.elf.file.FileFailure;
import java.io.IOException;

/// What a command prints could not be written.
public final class OutputException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean isUnread;

    OutputException(IOException cause) {
        super("standard output cannot be written: " + FileFailure.reason(cause), cause);
        isUnread = "Broken pipe".equals(cause.getMessage());
    }

    /// Whether somebody has read what was wanted and gone, as `head` does: nobody wants to hear of it then.
    public boolean isUnread() {
        return isUnread;
    }
}
