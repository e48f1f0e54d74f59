package dev.repoint.internal.point;

import dev.repoint.internal.report.ChangeRecord;
import org.jspecify.annotations.Nullable;

/// The change of what a field holds.
///
/// Guarded by [PatchLock#LOCK].
public abstract sealed class FieldChange implements PendingChange {

    final FieldPoint point;
    private final FieldAccess by;
    private @Nullable FieldValue wanted;
    private Gate gate = Gate.NONE;
    private boolean begun;
    private @Nullable ChangeRecord changed;

    private FieldChange(FieldPoint point, FieldAccess by) {
        this.point = point;
        this.by = by;
    }

    /// What the field is to hold, or null if it is left alone.
    abstract @Nullable FieldValue wanted();

    /// Lets the point know of the change.
    ///
    /// @param held what the field holds before it
    abstract void keep(@Nullable Object held);

    /// Whether it counts as a change.
    boolean counts() {
        return wanted != null;
    }

    @Override
    public void prepare(Gate decides) {
        gate = decides;
        wanted = wanted();
    }

    @Override
    public void close() {
        if (wanted != null) {
            begun = true;
            point.writers().begin(gate, wanted.value());
        }
    }

    @Override
    public void settle(boolean made) {
        if (made) {
            String before = point.targetName();
            boolean counted = counts();
            point.by(by);
            keep(by.get()); // first, for a writer that is under way to find it
            if (wanted != null) {
                by.set(wanted.value());
            }
            if (counted) {
                point.count();
                changed = new ChangeRecord(point.key().text(), before, point.targetName(), point.links());
            }
        }
        if (begun) {
            point.writers().end();
        }
    }

    @Override
    public void after() {
        point.writers().watch();
    }

    @Override
    public @Nullable ChangeRecord changed() {
        return changed;
    }

    /// A value that stands from now on until the program assigns the field, or the default; overrides that are
    /// open end.
    public static final class Set extends FieldChange {

        private final BoundTarget target;

        public Set(FieldPoint point, FieldAccess by, BoundTarget target) {
            super(point, by);
            this.target = target;
        }

        @Override
        @Nullable
        FieldValue wanted() {
            FieldValue value = FieldValue.of(target);
            return value == null ? point.overlay().ofProgram() : value;
        }

        @Override
        boolean counts() {
            return true;
        }

        @Override
        void keep(@Nullable Object held) {
            point.overlay().assign(target, held);
        }
    }

    /// What a policy or an offer says. Whoever was quicker wins: where the point was chosen for or set
    /// meanwhile, it stays.
    public static final class Choose extends FieldChange {

        private final Choice before;
        private final Choice after;

        /// @param before what held when the choice was made
        /// @param after the choice
        public Choose(FieldPoint point, FieldAccess by, Choice before, Choice after) {
            super(point, by);
            this.before = before;
            this.after = after;
        }

        @Override
        @Nullable
        FieldValue wanted() {
            if (isOvertaken() || point.overlay().isOverridden()) {
                return null;
            }
            FieldValue value = FieldValue.of(after.target());
            return value == null ? point.overlay().ofProgram() : value;
        }

        @Override
        boolean counts() {
            return before != Choice.UNDECIDED && super.counts();
        }

        @Override
        void keep(@Nullable Object held) {
            if (!isOvertaken()) {
                point.overlay().decide(after, held);
                Decisions.made(point.key());
            }
        }

        private boolean isOvertaken() {
            return point.choice() != before;
        }
    }

    /// An override begins.
    public static final class Begin extends FieldChange {

        private final FieldLayer layer;

        public Begin(FieldPoint point, FieldLayer layer, FieldAccess by) {
            super(point, by);
            this.layer = layer;
        }

        @Override
        @Nullable
        FieldValue wanted() {
            return FieldValue.of(layer.target);
        }

        @Override
        void keep(@Nullable Object held) {
            point.overlay().push(layer, held);
        }
    }

    /// An override ends; one that ended already is left alone.
    public static final class End extends FieldChange {

        private final FieldLayer layer;

        public End(FieldPoint point, FieldLayer layer, FieldAccess by) {
            super(point, by);
            this.layer = layer;
        }

        @Override
        @Nullable
        FieldValue wanted() {
            return point.overlay().isTop(layer) ? point.overlay().below(layer) : null;
        }

        @Override
        void keep(@Nullable Object held) {
            point.overlay().remove(layer);
        }
    }
}
