package dev.repoint.internal.report;

import dev.repoint.SafeText;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Warnings that are logged once, however often there is occasion.
///
/// Thread-safe.
public final class Reported {

    /// Beyond these it is no longer remembered what was said.
    private static final int MOST = 1000;

    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();

    private Reported() {}

    /// Logs a line, unless it has been.
    public static void once(String line) {
        if (SAID.size() < MOST && SAID.add(line)) {
            System.getLogger("dev.repoint").log(System.Logger.Level.WARNING, SafeText.of(line));
        }
    }
}
