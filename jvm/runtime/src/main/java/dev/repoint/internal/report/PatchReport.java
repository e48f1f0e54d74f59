package dev.repoint.internal.report;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells how a patch ended. Used by the thread that makes the patch.
public final class PatchReport {

    private final @Nullable JfrPatch flight;
    private final @Nullable PatchLog log;

    PatchReport(@Nullable JfrPatch flight, @Nullable PatchLog log) {
        this.flight = flight;
        this.log = log;
    }

    /// The patch was made.
    ///
    /// @param made what it did to each patchable
    public void made(List<ChangeRecord> made) {
        if (made.isEmpty()) {
            return; // a policy that was asked when a place linked
        }
        if (flight != null) {
            Listening.tell(() -> flight.made(made));
        }
        if (log != null) {
            Listening.tell(() -> log.made(made));
        }
    }
}
