package dev.repoint.agent;

import dev.repoint.agent.control.ControlSocket;
import dev.repoint.internal.policy.PolicySettings;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/// Starts the agent on Java 17 or later. The JVM starts the launcher `Agent`, which older JVMs can read, and the
/// launcher calls this class by reflection.
///
/// An agent without options waits: see [Standby]. Any other starts at once: see [VisibleStart].
///
/// You can load the agent again: it then adds the new options.
public final class AgentStart {

    private static final String RUNTIME_MODULE = "dev.repoint";
    private static final String MODULE_PATH = "jdk.module.path";

    /// What waits with the start of the agent, or null. Guarded by the class.
    private static @Nullable Standby standby;

    private AgentStart() {}

    /// Starts the agent before the program. If it cannot start, it prints the reason in one line and ends the JVM
    /// with exit code 1, because the program must not run without its patches.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static synchronized void premain(@Nullable String options, Instrumentation instrumentation) {
        if (standby == null && mayWait(options)) {
            standby = Standby.begin(instrumentation);
            return;
        }
        String failure = startNow(options, instrumentation, false);
        if (failure != null) {
            System.err.println("repoint: " + failure);
            System.exit(1);
        }
    }

    /// Starts the agent in a running program. If it cannot start, it prints the reason in one line, and writes it to
    /// the system property [ControlSocket#FAILURE_PROPERTY]. The program continues unchanged.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static synchronized void agentmain(@Nullable String options, Instrumentation instrumentation) {
        String failure = startNow(options, instrumentation, true);
        if (failure == null) {
            System.clearProperty(ControlSocket.FAILURE_PROPERTY);
        } else {
            System.err.println("repoint: " + failure);
            System.setProperty(ControlSocket.FAILURE_PROPERTY, failure);
        }
    }

    /// Whether nothing calls for an agent yet: it has no options, there is no policy file, and the program does not have the
    /// runtime as a module.
    private static boolean mayWait(@Nullable String options) {
        return (options == null || options.isBlank())
                && System.getProperty(PolicySettings.PROPERTY) == null
                && System.getProperty(PolicySettings.WATCH_PROPERTY) == null
                && System.getenv(PolicySettings.VARIABLE) == null
                && !isModuleOfProgram();
    }

    /// Whether the program has the runtime as a module.
    private static boolean isModuleOfProgram() {
        if (System.getProperty(MODULE_PATH) != null) {
            for (Module module : ModuleLayer.boot().modules()) {
                if (RUNTIME_MODULE.equals(module.getName())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static @Nullable String startNow(@Nullable String options, Instrumentation instrumentation, boolean late) {
        if (standby != null) {
            standby.end();
        }
        return VisibleStart.run(options, instrumentation, late, null);
    }
}
