package dev.repoint.internal.report;

import dev.repoint.PatchChange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells how a patch ended. Used by the thread that makes the patch.
public final class PatchReport {

    private final @Nullable JfrPatch flight;
    private final @Nullable PatchLog log;
    private final List<Registration> listeners;

    PatchReport(@Nullable JfrPatch flight, @Nullable PatchLog log, List<Registration> listeners) {
        this.flight = flight;
        this.log = log;
        this.listeners = listeners;
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
        if (!listeners.isEmpty()) {
            List<PatchChange> changes = made.stream()
                    .map(each -> new PatchChange(each.key(), each.from(), each.to()))
                    .toList();
            Registration.tell(listeners, each -> each.patched(changes));
        }
    }
}
