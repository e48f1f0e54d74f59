package dev.repoint.plugin;

/// The weaver's refusal of a request. The message is the weaver's: lines for the user.
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    /// A refusal.
    ///
    /// @param message one line or several
    public Refusal(String message) {
        super(message);
    }
}
