package dev.repoint.elf;

import java.io.IOException;

/// A failure that concerns an ELF file: the one family of errors of the native half.
///
/// The message is one line: the file, the place in it, what was found, and what to do.
public class ElfException extends IOException {

    private static final long serialVersionUID = 1L;

    /// @param message one line; control characters, which names in a file may have, become question marks
    public ElfException(String message) {
        super(oneLine(message));
    }

    /// @param message one line; control characters, which names in a file may have, become question marks
    /// @param cause   what led to it
    public ElfException(String message, Throwable cause) {
        super(oneLine(message), cause);
    }

    private static String oneLine(String message) {
        StringBuilder line = new StringBuilder(message);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, '?');
            }
        }
        return line.toString();
    }
}
