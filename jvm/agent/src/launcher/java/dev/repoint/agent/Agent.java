package dev.repoint.agent;

import java.lang.instrument.Instrumentation;
import java.lang.reflect.InvocationTargetException;

/// The entry point of the agent, before the program's `main` or while the program runs.
///
/// It is compiled for Java 8, so that an older JVM prints one line, and no stack trace.
public final class Agent {

    private static final int LEAST = 17;
    private static final String START = "dev.repoint.agent.AgentStart";

    /// As the command line knows it.
    private static final String FAILURE_PROPERTY = "dev.repoint.failure";

    private Agent() {}

    /// Starts the agent before the program. If it cannot start, it prints the reason in one line and ends the JVM
    /// with exit code 1, because the program must not run without its patches. Without options there are none, so
    /// the program of an older JVM runs.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static void premain(String options, Instrumentation instrumentation) {
        int java = feature(System.getProperty("java.specification.version"));
        String failure = start(java, "premain", options, instrumentation);
        if (failure != null) {
            System.err.println("repoint: " + failure);
            if (java >= LEAST || options != null && !options.trim().isEmpty()) {
                System.exit(1);
            }
        }
    }

    /// Starts the agent in a running program. If it cannot start, it prints the reason in one line, and writes it to
    /// a system property for the command line. The program continues unchanged.
    ///
    /// @param options `name=value,name=value`, or null
    /// @param instrumentation the JVM's
    public static void agentmain(String options, Instrumentation instrumentation) {
        int java = feature(System.getProperty("java.specification.version"));
        String failure = start(java, "agentmain", options, instrumentation);
        if (failure != null) {
            System.err.println("repoint: " + failure);
            System.setProperty(FAILURE_PROPERTY, failure);
        }
    }

    /// Calls a method of the same name and type as that which the JVM has called by reflection: for another type the JVM
    /// would build the call anew, which takes as long as half of the agent's start.
    ///
    /// @return null, or the reason why the agent of this Java cannot be called
    private static String start(int java, String method, String options, Instrumentation instrumentation) {
        if (java < LEAST) {
            return "this is Java " + java + "; Repoint needs Java " + LEAST + " or later";
        }
        try {
            Class<?> start = Class.forName(START);
            start.getMethod(method, String.class, Instrumentation.class).invoke(null, options, instrumentation);
            return null;
        } catch (InvocationTargetException e) {
            return "the agent does not start: " + e.getCause();
        } catch (ReflectiveOperationException | LinkageError e) {
            return "the agent does not start: " + e;
        }
    }

    /// The number of a Java version: 8 for `1.8`.
    private static int feature(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(number.split("\\.")[0]);
    }
}
