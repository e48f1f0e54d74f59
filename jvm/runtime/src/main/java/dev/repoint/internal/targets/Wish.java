package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.point.Change;
import dev.repoint.internal.point.Changes;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldChange;
import dev.repoint.internal.point.FieldLayer;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.Layer;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.PointChange;
import dev.repoint.internal.point.Target;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a patchable is to lead to. A patch is a list of these.
///
/// The target is found, checked and made when the wish is first granted; it can be granted again for what a
/// change costs. Thread-safe.
public abstract sealed class Wish permits Wish.OfMethod, Wish.OfField {

    private final Choosable point;
    private final Supplier<Target> finds;
    private volatile @Nullable Target found;

    private Wish(Choosable point, Supplier<Target> finds) {
        this.point = point;
        this.finds = finds;
    }

    /// The changes that begin and end an override.
    record Overriding(Change begin, Supplier<Change> end) {}

    /// Makes ready, apart from the target.
    abstract void prepare();

    abstract Change set(Target target);

    public abstract Overriding override(Target target);

    /// What a method is to lead to.
    public static final class OfMethod extends Wish {

        private final Point point;

        public OfMethod(Point point, Supplier<Target> finds) {
            super(point, finds);
            this.point = point;
        }

        @Override
        void prepare() {
            // The target is all that there is to find.
        }

        @Override
        Change set(Target target) {
            return new PointChange.Set(point, target);
        }

        @Override
        public Overriding override(Target target) {
            Layer layer = new Layer(point, target);
            return new Overriding(new PointChange.Begin(layer), () -> new PointChange.End(layer));
        }
    }

    /// What a field is to hold.
    public static final class OfField extends Wish {

        private final FieldPoint point;
        private final FieldAccess access;

        public OfField(FieldPoint point, FieldAccess access, Supplier<Target> finds) {
            super(point, finds);
            this.point = point;
            this.access = access;
        }

        /// Runs the initialiser of the field's class, before any lock is taken.
        @Override
        void prepare() {
            try {
                Object unused = access.get();
            } catch (LinkageError e) {
                throw new PatchException(point.key() + ": its class cannot be initialised: " + e, e);
            }
        }

        @Override
        Change set(Target target) {
            return new FieldChange.Set(point, access, target);
        }

        @Override
        public Overriding override(Target target) {
            FieldLayer layer = new FieldLayer(point, target);
            return new Overriding(new FieldChange.Begin(layer, access), () -> new FieldChange.End(layer, access));
        }
    }

    /// Leads to all targets from now on, at one moment; overrides that are open end.
    ///
    /// @param wishes of different patchables
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static void grant(List<Wish> wishes) {
        List<Target> targets = targets(wishes);
        Change[] changes = new Change[wishes.size()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = wishes.get(i).set(targets.get(i));
        }
        Changes.make(changes);
    }

    /// Leads to all targets, at one moment, until the override is ended.
    ///
    /// @param wishes of different patchables
    /// @return what ends it, at one moment; running it again does nothing
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static Runnable override(List<Wish> wishes) {
        List<Target> targets = targets(wishes);
        Overriding[] overrides = new Overriding[wishes.size()];
        Change[] changes = new Change[overrides.length];
        for (int i = 0; i < overrides.length; i++) {
            overrides[i] = wishes.get(i).override(targets.get(i));
            changes[i] = overrides[i].begin();
        }
        Changes.make(changes);
        return () -> end(overrides);
    }

    private static void end(Overriding[] overrides) {
        Change[] changes = new Change[overrides.length];
        for (int i = 0; i < overrides.length; i++) {
            changes[i] = overrides[i].end().get();
        }
        Changes.make(changes);
    }

    /// All targets, found and made. Whatever runs code of the application happens here.
    private static List<Target> targets(List<Wish> wishes) {
        Set<Choosable> points = new HashSet<>();
        for (Wish wish : wishes) {
            if (!points.add(wish.point)) {
                throw new PatchException(wish.key() + " is named twice in a patch; give it one target");
            }
        }
        List<Target> targets = wishes.stream().map(Wish::target).toList();
        wishes.forEach(Wish::prepare);
        return targets;
    }

    private Key key() {
        return point.key();
    }

    private Target target() {
        Target known = found;
        if (known == null) {
            known = Objects.requireNonNull(finds.get());
            found = known;
        }
        return known;
    }
}
