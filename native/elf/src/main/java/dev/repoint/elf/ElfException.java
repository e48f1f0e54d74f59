package dev.repoint.elf;

import dev.repoint.elf.file.SafeText;
import java.io.IOException;

/// A failure that concerns an ELF file: the one family of errors of the native half.
///
/// The message is one line: the file, the place in it, what was found, and what to do.
public class ElfException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message one line; it is made [safe][SafeText], as names in a file may have any character
    public ElfException(String message) {
        super(SafeText.of(message));
    }

    /// @param message one line; it is made [safe][SafeText], as names in a file may have any character
    /// @param cause   the cause
    public ElfException(String message, Throwable cause) {
        super(SafeText.of(message), cause);
    }
}
