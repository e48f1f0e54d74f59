package dev.repoint.elf;

import java.io.IOException;

/// A failure that concerns an ELF file: the one family of errors of the native half.
///
/// The message is one line: the file, the place in it, what was found, and what to do.
public class ElfException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message one line
    public ElfException(String message) {
        super(message);
    }

    /// @param message one line
    /// @param cause   what led to it
    public ElfException(String message, Throwable cause) {
        super(message, cause);
    }
}
