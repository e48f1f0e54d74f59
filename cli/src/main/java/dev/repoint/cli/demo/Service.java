package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;

/// What a demo retargets: it works without a break, and tells how it gets on. Safe to use from several threads.
interface Service {

    /// Waits for the next reading; they come each tenth of a second.
    ///
    /// @throws CommandFailure if the service ended, or is silent
    Reading next();

    /// Asks for a reading that is [marked][Reading#marked()]: it is taken after this call.
    void mark();

    /// Is told of the next phase before anything happens in it, for services whose results depend on it.
    ///
    /// @param phase the phase that begins
    default void enter(Phase phase) {}
}
