package dev.repoint.agent;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.jar.JarFile;

/// The entry point of a secondary agent. [SecondaryAgents] calls it by reflection in the class loader of that
/// agent.
public final class SecondaryAgentStart {

    private SecondaryAgentStart() {}

    /// Starts the agent of this class loader as a secondary agent.
    ///
    /// @param options the options of the primary agent, one text for each load of the agent
    /// @param instrumentation the JVM's
    /// @param weavesPresent whether to weave already loaded classes
    /// @param classPath a look-up from a class on the program's class path
    /// @param jar the agent's jar
    /// @return a [SecondaryAgent]; it uses only types of the JDK
    /// @throws RuntimeException if it does not start; its message is one line
    public static Object start(
            List<String> options,
            Instrumentation instrumentation,
            boolean weavesPresent,
            MethodHandles.Lookup classPath,
            JarFile jar) {
        return RunningAgent.startSecondary(options, instrumentation, weavesPresent, classPath, jar);
    }
}
