package dev.repoint.linux.poke;

import org.jspecify.annotations.Nullable;

/// A batch that could not be applied. The message is one line: the place, what was found, what to do.
public final class PokeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final long address;
    private final boolean inEffect;

    private PokeException(long address, boolean inEffect, @Nullable String message, @Nullable Throwable cause) {
        super(message, cause);
        this.address = address;
        this.inEffect = inEffect;
    }

    /// A failure before anything was changed, or after all of it was taken back.
    ///
    /// @param address of the place that it is about; 0 if it is about none
    static PokeException of(long address, String message) {
        return new PokeException(address, false, message, null);
    }

    /// The same with the cause.
    static PokeException of(long address, @Nullable String message, Throwable cause) {
        return new PokeException(address, false, message, cause);
    }

    /// A failure after the batch had come into effect.
    ///
    /// @param address of the place that it is about; 0 if it is about none
    static PokeException inEffect(long address, String message, @Nullable Throwable cause) {
        return new PokeException(address, true, message, cause);
    }

    /// The place that it is about; 0 if it is about none.
    public long address() {
        return address;
    }

    /// Whether the batch is in effect all the same: false if nothing has changed.
    public boolean isInEffect() {
        return inEffect;
    }
}
