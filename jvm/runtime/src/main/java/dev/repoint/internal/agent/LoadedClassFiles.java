package dev.repoint.internal.agent;

import org.jspecify.annotations.Nullable;

/// What an agent knows of the class files of loaded classes.
///
/// Called by any thread.
public interface LoadedClassFiles {

    /// Whether this agent has woven the entry of a method.
    ///
    /// @param owner the class that declares the method
    /// @param name the method's name
    /// @param descriptor the method's descriptor, without a receiver
    boolean isWoven(Class<?> owner, String name, String descriptor);

    /// The class file of a loaded class, with the changes of this agent and of those that ran before it.
    ///
    /// @return null if the JVM does not give it
    byte @Nullable [] of(Class<?> loaded);
}
