package dev.repoint.linux.poke;

/// What is left out of the protocol, to show that it is needed. Set by tests and experiments only.
public enum Experiment {
    /// Nothing: this is the protocol.
    NONE,
    /// The flip: each site changes at a moment of its own, so that a batch is not atomic.
    WITHOUT_FLIP,
    /// Breakpoints and barriers: bytes are simply written, so that a processor may run a mixture of old and new
    /// ones.
    PLAIN_WRITES
}
