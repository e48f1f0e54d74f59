package dev.repoint.agent;

import java.lang.instrument.Instrumentation;

/// The entry point of the agent, before the program's `main` or while the program runs.
///
/// It is compiled for Java 8, so that an older JVM prints one line, and no stack trace. The JVM reads [AgentStart], which
/// is of a later Java, when this class first calls it.
public final class Agent {

    private static final int LEAST = 17;

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
        String failure = null;
        if (java < LEAST) {
            failure = tooOld(java);
        } else {
            try {
                AgentStart.premain(options, instrumentation);
            } catch (RuntimeException | LinkageError e) {
                failure = "the agent does not start: " + e;
            }
        }
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
        String failure = null;
        if (java < LEAST) {
            failure = tooOld(java);
        } else {
            try {
                AgentStart.agentmain(options, instrumentation);
            } catch (RuntimeException | LinkageError e) {
                failure = "the agent does not start: " + e;
            }
        }
        if (failure != null) {
            System.err.println("repoint: " + failure);
            System.setProperty(FAILURE_PROPERTY, failure);
        }
    }

    private static String tooOld(int java) {
        return "this is Java " + java + "; Repoint needs Java " + LEAST + " or later";
    }

    /// The number of a Java version: 8 for `1.8`.
    private static int feature(String version) {
        String number = version.startsWith("1.") ? version.substring(2) : version;
        return Integer.parseInt(number.split("\\.")[0]);
    }
}
