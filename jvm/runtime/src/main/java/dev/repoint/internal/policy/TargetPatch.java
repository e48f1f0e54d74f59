package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.targets.TargetRequest;
import java.util.List;

/// Grants requests of targets, all of them as one patch.
public final class TargetPatch {

    private TargetPatch() {}

    /// Leads to all targets from now on, at one moment; overrides that are open end.
    ///
    /// @param requests of different patchables
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static void grant(List<TargetRequest> requests) {
        List<BoundTarget> targets = TargetRequest.targets(requests);
        PendingChange[] changes = new PendingChange[requests.size()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = requests.get(i).set(targets.get(i));
        }
        Ahead.commit(changes);
    }

    /// Leads to all targets, at one moment, until the override is ended.
    ///
    /// @param requests of different patchables
    /// @return what ends it, at one moment; running it again does nothing
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static Runnable override(List<TargetRequest> requests) {
        List<BoundTarget> targets = TargetRequest.targets(requests);
        TargetRequest.Overriding[] overrides = new TargetRequest.Overriding[requests.size()];
        PendingChange[] changes = new PendingChange[overrides.length];
        for (int i = 0; i < overrides.length; i++) {
            overrides[i] = requests.get(i).override(targets.get(i));
            changes[i] = overrides[i].begin();
        }
        Ahead.commit(changes);
        return () -> end(overrides);
    }

    private static void end(TargetRequest.Overriding[] overrides) {
        PendingChange[] changes = new PendingChange[overrides.length];
        for (int i = 0; i < overrides.length; i++) {
            changes[i] = overrides[i].end().get();
        }
        Ahead.commit(changes);
    }
}
