package dev.repoint.machine.trap;

/// A signal that a thread gets from one byte of code, on x86-64.
public enum TrapSignal {
    /// SIGTRAP, for `int3`: the instruction pointer stands behind it. `SI_KERNEL`.
    BREAKPOINT(5, 0x80, 1, TrapLayout.PREVIOUS, TrapLayout.PREVIOUS_MASK),
    /// SIGILL, for a byte that is no instruction: the instruction pointer stands at it. `ILL_ILLOPN`.
    ILLEGAL(4, 2, 0, TrapLayout.PREVIOUS_ILLEGAL, TrapLayout.PREVIOUS_ILLEGAL_MASK);

    private final int number;
    private final int code;
    private final int passed;
    private final int previous;
    private final int previousMask;

    TrapSignal(int number, int code, int passed, int previous, int previousMask) {
        this.number = number;
        this.code = code;
        this.passed = passed;
        this.previous = previous;
        this.previousMask = previousMask;
    }

    /// Its number.
    public int number() {
        return number;
    }

    /// What the kernel says of it (`si_code`).
    int code() {
        return code;
    }

    /// How many bytes of code the instruction pointer has passed.
    int passed() {
        return passed;
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
