package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.report.Reports;
import dev.repoint.internal.targets.TargetRequest;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Grants requests of targets, all of them as one patch.
public final class TargetPatch {

    private TargetPatch() {}

    /// Leads to all targets from now on, at one moment; overrides that are open end.
    ///
    /// @param requests of different patchables
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static void grant(List<TargetRequest> requests) {
        commit(() -> TargetRequest.changes(requests));
    }

    /// Leads to all targets, at one moment, until the override is ended.
    ///
    /// @param requests of different patchables
    /// @return what ends it, at one moment; running it again does nothing
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static Runnable override(List<TargetRequest> requests) {
        List<TargetRequest.Overriding> overrides = TargetRequest.overrides(requests);
        commit(overrides, TargetRequest.Overriding::begin);
        return () -> commit(overrides, overriding -> overriding.end().get());
    }

    private static void commit(
            List<TargetRequest.Overriding> overrides, Function<TargetRequest.Overriding, PendingChange> change) {
        commit(() -> overrides.stream().map(change).toArray(PendingChange[]::new));
    }

    private static void commit(Supplier<PendingChange[]> changes) {
        try {
            NativeImage.refuse();
            Ahead.commit(PolicySettings.HERE, changes.get());
        } catch (PatchException e) {
            Reports.refused(e);
            throw e;
        }
    }
}
