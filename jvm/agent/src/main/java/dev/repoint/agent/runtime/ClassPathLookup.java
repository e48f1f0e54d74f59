package dev.repoint.agent.runtime;

import java.lang.invoke.MethodHandles;

/// Looks up members for the agent from the class path of the program: the agent defines it there.
public final class ClassPathLookup {

    private ClassPathLookup() {}

    /// A look-up from this class.
    public static MethodHandles.Lookup lookup() {
        return MethodHandles.lookup();
    }
}
