package dev.repoint.internal.point;

import dev.repoint.internal.report.ChangeRecord;
import org.jspecify.annotations.Nullable;

/// The change of what a point leads to.
///
/// Guarded by [PatchLock#LOCK].
public abstract sealed class PointChange implements PendingChange {

    public final Point point;
    private @Nullable BoundTarget wanted;
    private @Nullable BoundTarget leading;
    private TargetSwitch.@Nullable PendingSwitch turn;
    private @Nullable ChangeRecord changed;
    private long cost;
    private boolean moved;

    private PointChange(Point point) {
        this.point = point;
    }

    /// What the point is to lead to, or null if that stays.
    abstract @Nullable BoundTarget wanted();

    /// Lets the point know of the change, apart from where it leads.
    abstract void keep();

    /// Whether it counts as a change.
    boolean counts() {
        return true;
    }

    /// What the point is to lead to, if nobody has decided since; null if that stays. For those who hold no
    /// lock.
    public @Nullable BoundTarget aim() {
        return null;
    }

    /// Looks at what the point is to lead to, apart from cycles.
    void look() {
        wanted = wanted();
        leading = wanted;
        turn = null;
        point.awaits(wanted);
    }

    @Override
    public boolean leads() {
        return leading != null;
    }

    /// Leads to another target than was wanted: to what stands for it in a cycle.
    void lead(BoundTarget other) {
        leading = other;
    }

    @Override
    public void prepare(Gate gate) {
        if (leading != null) {
            turn = point.turn(gate, leading.shape());
        }
    }

    @Override
    public void close() {
        if (turn != null) {
            long start = System.nanoTime();
            turn.close();
            cost = System.nanoTime() - start;
        }
    }

    @Override
    public void settle(boolean made) {
        if (made) {
            keep();
            if (leading != null) {
                if (counts()) {
                    changed = point.changing(leading);
                }
                point.leads(leading, counts());
            }
        }
        if (turn == null) {
            return;
        }
        moved = made && counts() && point.isTooOften(cost);
        if (moved) {
            turn.settleAsking();
        } else {
            turn.settle(made);
        }
    }

    @Override
    public void after() {
        if (moved) {
            Watch.over(point);
        }
    }

    @Override
    public @Nullable ChangeRecord changed() {
        return changed;
    }

    /// A target from now on; overrides that are open end.
    public static final class Set extends PointChange {

        private final BoundTarget target;

        public Set(Point point, BoundTarget target) {
            super(point);
            this.target = target;
        }

        @Override
        BoundTarget wanted() {
            return target;
        }

        @Override
        public BoundTarget aim() {
            return target;
        }

        @Override
        void keep() {
            point.assign(target);
        }
    }

    /// What a policy or an offer says. Whoever was quicker wins: where the point was chosen for or set
    /// meanwhile, it stays.
    public static final class Choose extends PointChange {

        private final Choice before;
        private final Choice after;
        private final boolean first;

        /// @param before what held when the choice was made
        /// @param after the choice
        public Choose(Point point, Choice before, Choice after) {
            super(point);
            this.before = before;
            this.after = after;
            this.first = before == Choice.UNDECIDED;
        }

        @Override
        @Nullable
        BoundTarget wanted() {
            return isOvertaken() || point.isOverridden() ? null : after.target();
        }

        @Override
        boolean counts() {
            return !first;
        }

        @Override
        public BoundTarget aim() {
            return after.target();
        }

        @Override
        void keep() {
            if (!isOvertaken()) {
                point.decide(after);
                Decisions.made(point.key());
            }
        }

        private boolean isOvertaken() {
            return point.choice() != before;
        }
    }

    /// An override begins.
    public static final class Begin extends PointChange {

        private final Layer layer;

        public Begin(Point point, Layer layer) {
            super(point);
            this.layer = layer;
        }

        @Override
        BoundTarget wanted() {
            return layer.target;
        }

        @Override
        public BoundTarget aim() {
            return layer.target;
        }

        @Override
        void keep() {
            point.begin(layer);
        }
    }

    /// An override ends; one that ended already is left alone.
    public static final class End extends PointChange {

        private final Layer layer;

        public End(Point point, Layer layer) {
            super(point);
            this.layer = layer;
        }

        @Override
        @Nullable
        BoundTarget wanted() {
            return point.isTop(layer) ? point.below(layer) : null;
        }

        @Override
        void keep() {
            point.end(layer);
        }
    }

    /// Another target by the same name, as a cycle that the point is on was closed or broken.
    static final class Follow extends PointChange {

        Follow(Point point) {
            super(point);
        }

        @Override
        @Nullable
        BoundTarget wanted() {
            return null;
        }

        @Override
        void keep() {
            // It was told nothing new.
        }

        @Override
        boolean counts() {
            return false;
        }
    }
}
