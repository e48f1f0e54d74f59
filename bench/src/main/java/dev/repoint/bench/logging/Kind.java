package dev.repoint.bench.logging;

import java.util.List;

/// A state of Logback, and who made it.
enum Kind {
    PLAIN_OFF("Logback, level INFO", "INFO", "", false),
    PATCHABLE_OFF("Logback, patchable, level INFO", "INFO", "patchable", false),
    PATCHED_OFF("Logback, level DEBUG, patched to log nothing", "DEBUG", "policy", false),
    PLAIN_ON("Logback, level DEBUG", "DEBUG", "", true),
    PATCHABLE_ON("Logback, patchable, level DEBUG", "DEBUG", "patchable", true);

    /// The system property with the name of a kind.
    static final String PROPERTY = "repoint.bench.logging";

    private static final String CHECK = "ch.qos.logback.classic.Logger.isDebugEnabled()";
    private static final String CALL = "ch.qos.logback.classic.Logger.debug(java.lang.String,java.lang.Object)";

    private final String label;
    private final String level;
    private final String option;
    private final boolean logs;

    Kind(String label, String level, String option, boolean logs) {
        this.label = label;
        this.level = level;
        this.option = option;
        this.logs = logs;
    }

    /// What the tables call it.
    String label() {
        return label;
    }

    /// The level of the logger.
    String level() {
        return level;
    }

    /// Whether an event is made for each call.
    boolean logs() {
        return logs;
    }

    /// What the JVM is started with.
    ///
    /// @param agent the jar of Repoint's agent
    List<String> options(String agent) {
        String property = "-D" + PROPERTY + "=" + name();
        return switch (option) {
            case "patchable" -> List.of(property, "-javaagent:" + agent + "=patchable=" + CHECK + ";" + CALL);
            case "policy" ->
                List.of(property, "-javaagent:" + agent + "=policy=" + CHECK + "=false;" + CALL + "=nothing");
            default -> List.of(property);
        };
    }
}
