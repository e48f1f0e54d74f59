package dev.repoint.internal.point;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Patchables that lead to each other in a cycle: of two that were swapped, say, each leads to the other.
///
/// A target calls its method by its name, so that the call goes on to where that method leads. In a cycle it
/// would go on for ever. So there each target calls the default of the next: a swap swaps, as it does in native
/// code.
///
/// | leads to | calls of `a` reach |
/// | --- | --- |
/// | a to b | the default of b |
/// | a to b, b to c | the default of c |
/// | a to b, b to a | the default of b, and calls of b that of a |
/// | a to b, b to c, c to a | the default of b, and calls of b that of c, and calls of c that of a |
/// | x to a, a to b, b to a | the default of b, as do those of x |
///
/// What counts is where each leads, not in which order or by how many patches it came to that. A patch that
/// closes or breaks a cycle changes all on it at one moment, also those that it does not name.
///
/// All is guarded by [PatchLock#LOCK].
final class Cycles {

    private Cycles() {}

    /// Lets changes know what their points lead to in the end.
    ///
    /// @return the changes, with those of further points on cycles that are closed or broken
    /// @throws Unready if a target has to be made first
    static PendingChange[] resolve(PendingChange[] changes) {
        try {
            for (PendingChange change : changes) {
                if (change instanceof PointChange points) {
                    points.look();
                }
            }
            List<Point> affected = affected(changes);
            return affected == null ? changes : resolve(changes, affected);
        } finally {
            for (PendingChange change : changes) {
                if (change instanceof PointChange points) {
                    points.point.awaits(null);
                }
            }
        }
    }

    private static PendingChange[] resolve(PendingChange[] changes, List<Point> affected) {
        List<PendingChange> all = new ArrayList<>(changes.length + affected.size());
        for (PendingChange change : changes) {
            all.add(change);
        }
        for (int i = 0; i < affected.size(); i++) {
            Point point = affected.get(i);
            BoundTarget wanted = point.wanted();
            BoundTarget leading = isOnCycle(point) ? wanted.around() : wanted;
            if (leading == null) {
                throw new Unready(point, wanted, text(point));
            }
            PointChange change = of(point, changes);
            if (change != null) {
                change.lead(leading);
            } else if (!point.leadsTo(leading)) {
                PointChange.Follow follow = new PointChange.Follow(point);
                follow.lead(leading);
                all.add(follow);
            }
        }
        return all.toArray(PendingChange[]::new);
    }

    /// The points on cycles that the changes close or break, or on which they change something; null for none.
    private static @Nullable List<Point> affected(PendingChange[] changes) {
        List<Point> affected = null;
        for (PendingChange change : changes) {
            if (change instanceof PointChange points && points.leads()) {
                Point point = points.point;
                if (point.goesAround()) {
                    affected = add(affected, point, false);
                }
                if (isOnCycle(point)) {
                    affected = add(affected, point, true);
                }
            }
        }
        return affected;
    }

    /// Adds a point, and those behind it until the way comes back.
    ///
    /// @param coming the way as it will be, or as it is
    private static List<Point> add(@Nullable List<Point> to, Point first, boolean coming) {
        List<Point> points = to == null ? new ArrayList<>() : to;
        Point each = first;
        while (each != null && (coming ? isOnCycle(each) : each.goesAround())) {
            if (!points.contains(each)) {
                points.add(each);
            }
            each = PointCallee.next(coming ? each.wanted() : each.declared());
            if (each == first) {
                break;
            }
        }
        return points;
    }

    /// Whether the way from a point will come back to it.
    private static boolean isOnCycle(Point point) {
        Point mark = null; // the way may get into a cycle that the point is not on
        int steps = 0;
        int limit = 1;
        for (Point each = PointCallee.next(point.wanted()); each != null; each = PointCallee.next(each.wanted())) {
            if (each == point) {
                return true;
            }
            if (each == mark) {
                return false;
            }
            if (++steps == limit) {
                mark = each;
                steps = 0;
                limit *= 2;
            }
        }
        return false;
    }

    private static @Nullable PointChange of(Point point, PendingChange[] changes) {
        for (PendingChange change : changes) {
            if (change instanceof PointChange of && of.point == point) {
                return of;
            }
        }
        return null;
    }

    private static String text(Point first) {
        StringBuilder text = new StringBuilder(first.key().text());
        Point each = first;
        do {
            each = PointCallee.next(each.wanted());
            text.append(" -> ").append(each == null ? "?" : each.key().text());
        } while (each != null && each != first);
        return text.toString();
    }
}
