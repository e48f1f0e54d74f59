package dev.repoint.internal.point;

/// How often a patchable is changed, and how much that costs, so that one for which a constant does not pay is
/// no longer kept as one.
///
/// It is a bucket. A change adds one, and one for each millisecond that it took to make compiled callers
/// invalid, which tells that there are many; at most [#COSTLIEST] in all, so that a change that was held up by
/// whatever else the machine does never fills it alone. It is full at [Thresholds#changes], and then runs dry
/// within [Thresholds#window].
///
/// Guarded by [PatchLock#LOCK].
final class ChangeRate {

    /// How many changes a single one counts for at most.
    static final double COSTLIEST = 10;

    private static final double MILLI = 1e-6;

    private double level;
    private double changes;
    private long last;

    /// Notes a change.
    ///
    /// @param now as [System#nanoTime()]
    /// @param cost nanoseconds that it took to make compiled callers invalid
    /// @return whether the bucket is full
    boolean isFullAfter(long now, long cost, Thresholds thresholds) {
        double drained = level == 0 ? 0 : (now - last) * thresholds.drainPerNano();
        double kept = Math.max(0, level - drained);
        double share = level == 0 ? 0 : kept / level;
        double added = Math.min(COSTLIEST, 1 + cost * MILLI);
        changes = changes * share + 1;
        level = kept + added;
        last = now;
        return thresholds.changes() > 0 && level >= thresholds.changes();
    }

    /// Whether most of what is in the bucket is the cost of changes rather than their number.
    boolean isCostly() {
        return level > 2 * changes;
    }

    /// Begins anew.
    void empty() {
        level = 0;
        changes = 0;
    }
}
