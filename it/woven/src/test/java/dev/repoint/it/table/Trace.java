package dev.repoint.it.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;

/// What a program does that can be seen from outside, line by line. It is never woven, and all loaders share
/// it.
public final class Trace {

    /// What the helpful message of a null pointer exception says is written on a line of its own that starts
    /// so.
    static final String NULL_MESSAGE = "null message: ";

    /// Who starts programs: what lies behind is of no interest.
    private static final List<String> HARNESS = List.of(Program.class.getName(), Modules.class.getName());
    /// The hash code of a loader or another object, which no two runs share.
    private static final Pattern IDENTITY = Pattern.compile("@[0-9a-f]{3,8}\\b");
    private static final List<String> LINES = Collections.synchronizedList(new ArrayList<>());

    private Trace() {}

    /// A piece of a program that may fail.
    @FunctionalInterface
    public interface Step {
        /// Runs it.
        Object run() throws Throwable;
    }

    /// A piece of a program that may fail, and has no result.
    @FunctionalInterface
    public interface VoidStep {
        /// Runs it.
        void run() throws Throwable;
    }

    /// Writes a line.
    public static void line(Object text) {
        LINES.add(IDENTITY.matcher(String.valueOf(text)).replaceAll("@"));
    }

    /// Runs a step and writes what came of it: the result, or the exception with its causes and every frame.
    public static void step(String label, Step step) {
        try {
            line(label + ": " + step.run());
        } catch (Throwable e) {
            line(label + " threw");
            failure(e);
        }
    }

    /// As [#step], for a step without a result.
    public static void run(String label, VoidStep step) {
        step(label, () -> {
            step.run();
            return "done";
        });
    }

    /// Writes an exception with its causes and every frame up to the harness.
    public static void failure(Throwable thrown) {
        for (Throwable e = thrown; e != null; e = e.getCause()) {
            if (e instanceof NullPointerException) {
                line("  " + e.getClass().getName());
                line(NULL_MESSAGE + e.getMessage());
            } else {
                line("  " + e);
            }
            for (StackTraceElement frame : e.getStackTrace()) {
                if (HARNESS.stream().anyMatch(frame.getClassName()::startsWith)) {
                    break;
                }
                if (!frame.getClassName().startsWith("jdk.internal.reflect.")
                        && !frame.getClassName().startsWith("java.lang.invoke.")) {
                    line("    at " + frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
                }
            }
        }
    }

    /// Writes the frames of the caller as a walker sees them, with their types.
    public static void walk(String label) {
        line(label);
        StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).forEach(frame -> {
            boolean ofProgram = frame.getClassName().startsWith("dev.repoint.it.table.fixtures.");
            if (ofProgram) {
                line("    " + frame.getClassName() + "." + frame.getMethodName() + frame.getMethodType() + ":"
                        + frame.getLineNumber());
            }
        });
    }

    static List<String> take() {
        synchronized (LINES) {
            List<String> taken = List.copyOf(LINES);
            LINES.clear();
            return taken;
        }
    }
}
