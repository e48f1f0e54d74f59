package dev.repoint.agent.weave;

import java.lang.instrument.IllegalClassFormatException;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/// Handles the classes that do not find the runtime of this agent.
///
/// A thread that is loading a class calls these methods. So they must not wait for another thread: this thread may
/// wait for a lock of the first one.
public interface OtherRuntimes {

    /// Gives a runtime to a class loader that finds none.
    ///
    /// @return null, or the reason why this is impossible
    @Nullable
    String injectAsItLoads(ClassLoader loader);

    /// Transforms a class that finds another runtime.
    ///
    /// @return as for a transformer
    byte @Nullable [] transform(
            @Nullable Module module,
            ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException;
}
