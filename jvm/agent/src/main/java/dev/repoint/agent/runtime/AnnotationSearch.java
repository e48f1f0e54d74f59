package dev.repoint.agent.runtime;

import java.io.IOException;
import java.net.URL;
import java.util.Enumeration;

/// Finds out whether classes of a loader may carry the annotation `Patchable`.
///
/// Uses no other class of Repoint, and is public, for the same reason as [PresentRuntimes].
public final class AnnotationSearch {

    private static final String ANNOTATION = "dev/repoint/Patchable.class";
    private static final String AGENT = "dev/repoint/agent/Agent.class";

    private AnnotationSearch() {}

    /// Whether a loader finds the annotation without the agent.
    ///
    /// @param loader no loader of the JDK's own classes
    public static boolean finds(ClassLoader loader) {
        try {
            Enumeration<URL> found = loader.getResources(ANNOTATION);
            while (found.hasMoreElements()) { // one by one: the rest of the class path need not be opened
                String agent = found.nextElement().toString().replace(ANNOTATION, AGENT);
                if (!isAmong(loader.getResources(AGENT), agent)) {
                    return true;
                }
            }
            return false;
        } catch (IOException | RuntimeException | LinkageError e) {
            return false; // a loader of the application may do as it likes
        }
    }

    private static boolean isAmong(Enumeration<URL> all, String wanted) {
        while (all.hasMoreElements()) {
            if (all.nextElement().toString().equals(wanted)) {
                return true;
            }
        }
        return false;
    }
}
