package dev.repoint.agent;

import dev.repoint.agent.control.ControlSocket;
import dev.repoint.agent.runtime.PresentRuntimes;
import dev.repoint.agent.runtime.RuntimeInjection;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Where the JVM starts the agent, before the program's `main` or while the program runs.
///
/// This class touches no other class of Repoint but [PresentRuntimes] and [RuntimeInjection] before it has made
/// the runtime visible to every class loader, by appending the agent's jar to the search of the bootstrap
/// loader. From then on all of Repoint comes from there. Only where the program has brought a runtime of its
/// own, as a module of the boot layer or loaded by the system class loader already, that one is used. A runtime
/// that another class loader has defined gets a secondary agent: see [SecondaryAgents].
///
/// Loading the agent again is harmless; the options of the second time are added.
public final class Agent {

    private Agent() {}

    /// Starts the agent before the program. If it cannot start, it says why in one line and ends the JVM with
    /// exit code 1: a program that was to run patched must not run otherwise.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static void premain(@Nullable String options, Instrumentation instrumentation) {
        String failure = start(options, instrumentation, false);
        if (failure != null) {
            System.err.println("repoint: " + failure);
            System.exit(1);
        }
    }

    /// Starts the agent in a program that runs. If it cannot start, it says why in one line, and in the system
    /// property [ControlSocket#FAILURE_PROPERTY]; the program goes on as it was.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static void agentmain(@Nullable String options, Instrumentation instrumentation) {
        String failure = start(options, instrumentation, true);
        if (failure == null) {
            System.clearProperty(ControlSocket.FAILURE_PROPERTY);
        } else {
            System.err.println("repoint: " + failure);
            System.setProperty(ControlSocket.FAILURE_PROPERTY, failure);
        }
    }

    private static @Nullable String start(@Nullable String options, Instrumentation instrumentation, boolean late) {
        try {
            JarFile jar = ownJar();
            String failure = makeVisible(instrumentation, jar);
            return failure == null
                    ? RunningAgent.start(options, instrumentation, late, MethodHandles.lookup(), jar)
                    : failure;
        } catch (Throwable e) { // whatever it is, the JVM would print all of its stack
            return "the agent does not start: " + e;
        }
    }

    /// Makes the runtime visible.
    ///
    /// A loader of the program that has a runtime keeps it: all classes of that one are defined there first. So
    /// classes of two runtimes do not mix, although the loader asks its parent first.
    ///
    /// @return null, or why that cannot be; then nothing has been changed
    private static @Nullable String makeVisible(Instrumentation instrumentation, @Nullable JarFile jar)
            throws Exception {
        Set<@Nullable ClassLoader> present = PresentRuntimes.loaders(instrumentation);
        RuntimeInjection injection = null;
        for (ClassLoader loader : present) {
            if (injection == null) {
                injection = new RuntimeInjection(instrumentation);
            }
            String failure = injection.versionMismatch(loader);
            if (failure != null) {
                return failure;
            }
        }
        if (present.contains(null) || present.contains(ClassLoader.getSystemClassLoader())) {
            return null;
        }
        if (jar == null) {
            return "its jar cannot be found; load the agent from a jar file";
        }
        for (ClassLoader loader : present) {
            Objects.requireNonNull(injection).complete(Objects.requireNonNull(loader), jar);
        }
        instrumentation.appendToBootstrapClassLoaderSearch(jar);
        return null;
    }

    /// The agent's jar. It stays open: the file may be taken away once the agent runs.
    private static @Nullable JarFile ownJar() throws IOException, URISyntaxException {
        var domain = Agent.class.getProtectionDomain();
        var source = domain == null ? null : domain.getCodeSource();
        var location = source == null ? null : source.getLocation();
        if (location == null || !"file".equals(location.getProtocol())) {
            return null;
        }
        Path path = Path.of(location.toURI());
        return path.toFile().isFile() ? new JarFile(path.toFile()) : null;
    }
}
