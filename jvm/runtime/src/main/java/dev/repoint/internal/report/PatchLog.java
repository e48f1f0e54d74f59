package dev.repoint.internal.report;

import dev.repoint.SafeText;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Writes a line to the log for each patchable that a patch changes, if a system property asks for it: to start
/// logging takes many times longer than a patch. What goes wrong is logged without being asked for.
final class PatchLog {

    /// The property: the level of the lines, by its name in [System.Logger.Level].
    static final String PROPERTY = "repoint.log";
    /// The log that all parts of Repoint write to.
    private static final String NAME = "dev.repoint";

    private final System.Logger.Level level;

    private PatchLog(System.Logger.Level level) {
        this.level = level;
    }

    /// The log, or null if it was not asked for.
    static @Nullable PatchLog asked() {
        String text = System.getProperty(PROPERTY, "");
        if (text.isEmpty()) {
            return null;
        }
        try {
            return new PatchLog(System.Logger.Level.valueOf(text.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            System.getLogger(NAME)
                    .log(
                            System.Logger.Level.WARNING,
                            PROPERTY + "=" + SafeText.of(text)
                                    + " is no level; patches are"
                                    + " logged at level info. The levels are "
                                    + Arrays.toString(System.Logger.Level.values()));
            return new PatchLog(System.Logger.Level.INFO);
        }
    }

    @Nullable
    Void made(List<ChangeRecord> changes) {
        System.Logger logger = System.getLogger(NAME);
        for (ChangeRecord each : changes) {
            logger.log(level, SafeText.of(each.key() + ": " + each.from() + " -> " + each.to()));
        }
        return null;
    }
}
