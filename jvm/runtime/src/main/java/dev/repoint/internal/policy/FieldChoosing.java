package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldChange;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.StaleChange;
import org.jspecify.annotations.Nullable;

/// Asks policies and offers for the value of a field before woven code first reads it.
///
/// Threads that come at the same time each ask, and the first answer counts: none waits for another, as finding
/// the value runs code of the application. A thread that comes back while it looks for the value, or while it
/// finds out what is offered at all, reads the field as it is.
public final class FieldChoosing {

    private FieldChoosing() {}

    /// Whether a policy or an offer may name a field, or fails to say so.
    ///
    /// @param loader of a class that uses it
    public static boolean mayConcern(Key field, @Nullable ClassLoader loader) {
        try {
            return Choosing.mayConcern(PolicySettings.HERE.get(), field, loader);
        } catch (RuntimeException | LinkageError e) {
            return true; // then choosing fails, and is logged
        }
    }

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
                choose(point, by, PolicySettings.HERE.get());
            }
        } finally {
            asking.end();
        }
        return true;
    }

    private static void choose(FieldPoint point, FieldAccess by, Sources sources) {
        Choice first = Choosing.first(point, sources);
        try {
            Ahead.commit(
                    PolicySettings.HERE,
                    sources.unchanged(),
                    new FieldChange.Choose(point, by, Choice.UNDECIDED, first));
        } catch (StaleChange e) {
            return; // the policy has changed meanwhile: it is asked once more
        }
        first.log(point.key(), point.choice());
    }
}
