package dev.repoint.internal.point;

import dev.repoint.SafeText;
import java.time.Duration;

/// When a patchable moves to pointer mode by itself, and when it comes back.
///
/// [dev.repoint.Mode] has the system properties that set them.
///
/// They are read once. A value that is no such number is logged, and the default holds.
///
/// @param changes see above
/// @param window positive
/// @param quiet positive
record Thresholds(int changes, Duration window, Duration quiet) {

    /// Those of this JVM.
    static final Thresholds HERE = new Thresholds(
            (int) read("repoint.pointer.changes", 20, 0),
            Duration.ofMillis(read("repoint.pointer.window", 5000, 1)),
            Duration.ofMillis(read("repoint.pointer.quiet", 5000, 1)));

    /// How much runs out of a bucket of [#changes] in a nanosecond.
    double drainPerNano() {
        return changes / (double) window.toNanos();
    }

    private static long read(String property, int otherwise, int least) {
        String text = System.getProperty(property);
        if (text == null) {
            return otherwise;
        }
        try {
            int value = Integer.parseInt(text.strip());
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        System.getLogger("dev.repoint")
                .log(
                        System.Logger.Level.WARNING,
                        property + "=" + SafeText.of(text) + " is no whole number of " + least
                                + " or more; it is taken for " + otherwise);
        return otherwise;
    }
}
