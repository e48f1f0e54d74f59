package dev.repoint.bench.startup;

import org.jspecify.annotations.Nullable;

/// An agent that does nothing. What a start costs with it, no agent can avoid.
public final class EmptyAgent {

    private EmptyAgent() {}

    /// Called by the JVM.
    ///
    /// @param options not used
    public static void premain(@Nullable String options) {
        // On purpose.
    }
}
