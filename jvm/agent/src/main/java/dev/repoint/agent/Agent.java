package dev.repoint.agent;

import dev.repoint.Repoint;
import dev.repoint.agent.control.ControlSocket;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Where the JVM starts the agent, before the program's `main` or while the program runs.
///
/// This class touches no other class of Repoint before it has made the runtime visible to every class loader, by
/// appending the agent's jar to the search of the bootstrap loader. From then on all of Repoint comes from there. Only
/// where the program has brought a runtime of its own, as a module of the boot layer or loaded by the system class
/// loader already, that one is used: there must not be two.
///
/// Loading the agent again is harmless; the options of the second time are added.
public final class Agent {

    private static final String RUNTIME = "dev.repoint.Repoint";

    private Agent() {}

    /// Starts the agent before the program. If it cannot start, it says why in one line and ends the JVM with exit
    /// code 1: a program that was to run patched must not run otherwise.
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

    /// Starts the agent in a program that runs. If it cannot start, it says why in one line, and in the system property
    /// [ControlSocket#FAILURE_PROPERTY]; the program goes on as it was.
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
            String failure = makeVisible(instrumentation);
            return failure == null ? RunningAgent.start(options, instrumentation, late, MethodHandles.lookup())
                    : failure;
        } catch (Throwable e) { // whatever it is, the JVM would print all of its stack
            return "the agent does not start: " + e;
        }
    }

    /// Makes the runtime visible.
    ///
    /// @return null, or why that cannot be
    private static @Nullable String makeVisible(Instrumentation instrumentation) throws Exception {
        Class<?> runtime = presentRuntime(instrumentation);
        if (runtime == null) {
            Path jar = ownJar();
            if (jar == null) {
                return "its jar cannot be found; load the agent from a jar file";
            }
            try (JarFile opened = new JarFile(jar.toFile())) {
                instrumentation.appendToBootstrapClassLoaderSearch(opened);
            }
            return null;
        }
        Object version = runtime.getField("VERSION").get(null);
        return Repoint.VERSION.equals(version) // a constant: this does not load the class
                ? null
                : "the program uses version " + version + " of Repoint, this agent is " + Repoint.VERSION
                        + "; use the agent of version " + version;
    }

    /// The runtime that has to be used because it is there, or null.
    private static @Nullable Class<?> presentRuntime(Instrumentation instrumentation) throws Exception {
        for (Module module : ModuleLayer.boot().modules()) {
            if ("dev.repoint".equals(module.getName())) {
                return Class.forName(RUNTIME, false, module.getClassLoader());
            }
        }
        ClassLoader system = ClassLoader.getSystemClassLoader();
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = loaded.getClassLoader();
            if ((loader == null || loader == system) && isOfRuntime(loaded.getName())) {
                return Class.forName(RUNTIME, false, loader);
            }
        }
        return null;
    }

    private static boolean isOfRuntime(String className) {
        return className.startsWith("dev.repoint.")
                && (className.indexOf('.', "dev.repoint.".length()) < 0 || className.startsWith("dev.repoint.link."));
    }

    private static @Nullable Path ownJar() throws URISyntaxException {
        var domain = Agent.class.getProtectionDomain();
        var source = domain == null ? null : domain.getCodeSource();
        var location = source == null ? null : source.getLocation();
        if (location == null || !"file".equals(location.getProtocol())) {
            return null;
        }
        Path path = Path.of(location.toURI());
        return path.toFile().isFile() ? path : null;
    }
}
