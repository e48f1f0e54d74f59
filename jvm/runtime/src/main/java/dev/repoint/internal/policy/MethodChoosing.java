package dev.repoint.internal.policy;

import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.report.Reports;

/// Asks policies and offers for the target of a method before the first call: what they name is then simply what
/// the first link returns.
///
/// Threads that link at the same time each ask, and the first answer counts: none of them waits for another, as
/// finding the target runs code of the application, which may wait for any lock.
///
/// A thread that comes back here while it looks for the target, through a class initialiser or a class loader of
/// the application, finds the default: else it would run in circles. One that comes back while it finds out what
/// is offered at all leaves the point undecided, for [Discovery] to come back to. So does one that looks for the
/// target of a method of the JDK: all that looking for it runs may be patchable itself, and each would ask in the
/// midst of the other.
public final class MethodChoosing implements Discovery.Deferred {

    private final Point point;

    private MethodChoosing(Point point) {
        this.point = point;
    }

    /// Chooses, unless that has been done.
    public static void choose(Point point) {
        if (point.choice() == Choice.UNDECIDED) {
            new MethodChoosing(point).resume();
        }
    }

    @Override
    public void resume() {
        if (point.choice() != Choice.UNDECIDED || Discovery.defers(this)) {
            return;
        }
        if (Reports.isOfJdk(point.owner())) {
            Discovery.run(this::ask);
        } else {
            ask();
        }
    }

    private void ask() {
        ReentryGuard asking = ReentryGuard.begin(point);
        if (asking == null) {
            return;
        }
        try {
            while (point.choice() == Choice.UNDECIDED) {
                choose(PolicySettings.HERE.get());
            }
        } finally {
            asking.end();
        }
    }

    private void choose(Sources sources) {
        Choice first = Choosing.first(point, sources);
        if (first.isNone()) {
            sources.leave(point, first);
        } else {
            Ahead.choose(PolicySettings.HERE, point, sources, first);
        }
    }
}
