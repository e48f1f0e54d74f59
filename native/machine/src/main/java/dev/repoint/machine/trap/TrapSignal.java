package dev.repoint.machine.trap;

/// A signal that a thread gets from an instruction.
public enum TrapSignal {
    /// SIGTRAP, of a breakpoint.
    BREAKPOINT(5, TrapLayout.PREVIOUS, TrapLayout.PREVIOUS_MASK),
    /// SIGILL, of what is no instruction.
    ILLEGAL(4, TrapLayout.PREVIOUS_ILLEGAL, TrapLayout.PREVIOUS_ILLEGAL_MASK);

    private final int number;
    private final int previous;
    private final int previousMask;

    TrapSignal(int number, int previous, int previousMask) {
        this.number = number;
        this.previous = previous;
        this.previousMask = previousMask;
    }

    /// Its number.
    public int number() {
        return number;
    }

    /// Where the state has the handler that was there before.
    public int previous() {
        return previous;
    }

    /// Where the state has the signals that are blocked for that handler.
    public int previousMask() {
        return previousMask;
    }
}
