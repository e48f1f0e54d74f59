package dev.repoint.machine.entry;

/// Ends the work on a function that cannot be diverted.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final RefusalReason reason;

    /// @param text one sentence: the place, what was found there, and what to do instead
    Refusal(RefusalReason reason, String text) {
        super(text, null, false, false);
        this.reason = reason;
    }

    RefusalReason reason() {
        return reason;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
