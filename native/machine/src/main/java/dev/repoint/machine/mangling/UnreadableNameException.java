package dev.repoint.machine.mangling;

/// A symbol is not mangled as it seems to be, or is too much to read. It never leaves this package.
final class UnreadableNameException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnreadableNameException() {
        super("", null, false, false);
    }
}
