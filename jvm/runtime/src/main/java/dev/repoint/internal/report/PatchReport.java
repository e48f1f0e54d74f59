package dev.repoint.internal.report;

import dev.repoint.internal.point.PendingChange;
import java.util.ArrayList;
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
    public void made(PendingChange[] changes) {
        List<ChangeRecord> made = new ArrayList<>();
        for (PendingChange change : changes) {
            ChangeRecord changed = change.changed();
            if (changed != null) {
                made.add(changed);
            }
        }
        if (made.isEmpty()) {
            return; // a policy that was asked when a place linked
        }
        if (flight != null) {
            Reports.tell(() -> flight.made(made));
        }
        if (log != null) {
            Reports.tell(() -> log.made(made));
        }
    }
}
