package dev.repoint.internal.policy;

import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldChange;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.StaleChange;

/// Asks policies and offers for the value of a field before woven code first reads it.
///
/// Threads that come at the same time each ask, and the first answer counts: none waits for another, as finding
/// the value runs code of the application. A thread that comes back while it looks for the value, or while it
/// finds out what is offered at all, reads the field as it is.
public final class FieldChoosing {

    private FieldChoosing() {}

    /// Chooses, unless that has been done.
    ///
    /// @param by assigns the field; its class is initialised
    /// @return false if this thread is choosing already
    public static boolean choose(FieldPoint point, FieldAccess by) {
        if (point.choice() != Choice.UNDECIDED) {
            return true;
        }
        ReentryGuard asking = Discovery.isBusy() ? null : ReentryGuard.begin(point);
        if (asking == null) {
            return false;
        }
        try {
            while (point.choice() == Choice.UNDECIDED) {
                choose(point, by, Sources.now());
            }
        } finally {
            asking.end();
        }
        return true;
    }

    private static void choose(FieldPoint point, FieldAccess by, Sources sources) {
        Choice first = Choosing.first(point, sources);
        try {
            Ahead.commit(sources.unchanged(), new FieldChange.Choose(point, by, Choice.UNDECIDED, first));
        } catch (StaleChange e) {
            return; // the policy has changed meanwhile: it is asked once more
        }
        first.log(point.key(), point.choice());
    }
}
