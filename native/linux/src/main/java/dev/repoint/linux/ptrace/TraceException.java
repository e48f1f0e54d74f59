package dev.repoint.linux.ptrace;

/// A process, or one of its threads, that cannot be stopped or made to work. Nothing of it has changed. The
/// message is one line: what, why, and what to do.
public final class TraceException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// @param message one line
    public TraceException(String message) {
        super(message);
    }
}
