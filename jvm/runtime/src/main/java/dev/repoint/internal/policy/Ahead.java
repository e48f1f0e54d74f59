package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.PatchCommit;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.PointCallee;
import dev.repoint.internal.point.PointChange;
import dev.repoint.internal.point.StaleChange;
import dev.repoint.internal.report.PatchReport;
import dev.repoint.internal.report.Reports;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Chooses for the points that changes lead to, where they are not linked yet, and for those that these lead
/// to; then makes all of it as one patch. So it is known whether the way comes back before anything leads there, and not in the middle of the
/// first call.
///
/// This runs code of the application.
final class Ahead {

    private final List<PendingChange> changes;
    private final List<Chosen> chosen = new ArrayList<>(0);
    private final boolean checksSources;

    private Ahead(List<PendingChange> changes, boolean checksSources) {
        this.changes = changes;
        this.checksSources = checksSources;
    }

    private record Chosen(Point point, Choice choice) {}

    /// Makes the first choice for a point, unless somebody has chosen, or the sources have changed meanwhile.
    ///
    /// @param all the sources that hold at any time
    /// @param sources those that the choice was made by
    static void choose(Supplier<Sources> all, Point point, Sources sources, Choice first) {
        Choice made = first;
        try {
            commit(all, sources.unchanged(), new PointChange.Choose(point, Choice.UNDECIDED, made));
        } catch (StaleChange e) {
            return;
        } catch (PatchException e) {
            // It closes a cycle that cannot be.
            made = first.refused(String.valueOf(e.getMessage()));
            commit(all, new PointChange.Choose(point, Choice.UNDECIDED, made));
        }
        made.log(point.key(), point.choice());
    }

    /// Makes changes, and chooses for the points that they lead to.
    ///
    /// @param sources to choose by
    /// @param changes of different things; where one of them holds to some sources, these count
    /// @throws dev.repoint.PatchException if they close a cycle in which a default cannot be called
    /// @throws StaleChange if one of them is overtaken
    static void commit(Supplier<Sources> sources, PendingChange... changes) {
        PatchReport report = Reports.patching(changes.length);
        while (true) {
            Ahead ahead = of(sources, changes);
            try {
                PatchCommit.make(report, ahead.changes.toArray(new PendingChange[0]));
                ahead.log();
                return;
            } catch (StaleChange e) {
                if (!ahead.isToBeRepeated()) {
                    throw e;
                }
            }
        }
    }

    private static Ahead of(Supplier<Sources> sources, PendingChange... changes) {
        Sources given = null;
        for (PendingChange change : changes) {
            Sources held = Sources.heldBy(change);
            given = held == null ? given : held;
        }
        Ahead ahead = new Ahead(new ArrayList<>(List.of(changes)), given == null);
        if (!Discovery.isBusy()) {
            for (PendingChange change : changes) {
                BoundTarget aim = change instanceof PointChange points ? points.aim() : null;
                ahead.follow(aim, given, sources);
            }
        }
        return ahead;
    }

    /// Whether there is need of once more, where the sources have changed: those who gave the changes do not
    /// check that.
    private boolean isToBeRepeated() {
        return checksSources && !chosen.isEmpty();
    }

    /// Logs what an operator wants and cannot be.
    private void log() {
        for (Chosen each : chosen) {
            each.choice.log(each.point.key(), each.point.choice());
        }
    }

    private void follow(@Nullable BoundTarget aim, @Nullable Sources given, Supplier<Sources> all) {
        Point next = aim == null ? null : PointCallee.next(aim);
        while (next != null && next.choice() == Choice.UNDECIDED && isNew(next)) {
            ReentryGuard asking = ReentryGuard.begin(next);
            if (asking == null) {
                return; // this is where it is being asked
            }
            Sources sources = given == null ? all.get() : given;
            Choice first;
            try {
                first = Choosing.first(next, sources);
            } finally {
                asking.end();
            }
            if (checksSources && chosen.isEmpty()) {
                changes.add(sources.unchanged());
            }
            chosen.add(new Chosen(next, first));
            changes.add(new PointChange.Choose(next, Choice.UNDECIDED, first));
            next = PointCallee.next(first.target());
        }
    }

    private boolean isNew(Point point) {
        for (PendingChange change : changes) {
            if (change instanceof PointChange points && points.point == point) {
                return false;
            }
        }
        return true;
    }
}
