package dev.repoint.linux.call;

/// A call of the C library that failed. The message is one line: the call, and why.
public final class CallFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int errno;

    /// @param call  as messages call it
    /// @param errno as `errno.h` has it; 0 if the call gives none
    public CallFailedException(String call, int errno, String why) {
        super(call + ": " + why);
        this.errno = errno;
    }

    /// The number that the call left, as `errno.h` has it; 0 if it gives none.
    public int errno() {
        return errno;
    }
}
