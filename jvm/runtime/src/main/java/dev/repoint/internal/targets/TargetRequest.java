package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldChange;
import dev.repoint.internal.point.FieldLayer;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.Layer;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.PointChange;
import dev.repoint.internal.report.PatchRefusal;
import java.util.ArrayList;
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
public abstract sealed class TargetRequest permits TargetRequest.OfMethod, TargetRequest.OfField {

    private final Choosable point;
    private final Supplier<BoundTarget> finds;
    private volatile @Nullable BoundTarget found;

    private TargetRequest(Choosable point, Supplier<BoundTarget> finds) {
        this.point = point;
        this.finds = finds;
    }

    /// What a patchable is to lead to, by the right of the runtime.
    ///
    /// @param finds gives the target; runs code of the application
    /// @throws PatchException if it is a field that nobody has read or set yet
    public static TargetRequest of(Choosable point, Supplier<BoundTarget> finds) {
        return point instanceof FieldPoint field
                ? new OfField(field, field.access(), finds)
                : new OfMethod((Point) point, finds);
    }

    /// The changes that begin and end an override.
    public record Overriding(PendingChange begin, Supplier<PendingChange> end) {}

    /// Makes ready, apart from the target.
    abstract void prepare();

    /// The change to the target.
    abstract PendingChange set(BoundTarget target);

    /// The changes to the target and back.
    abstract Overriding override(BoundTarget target);

    /// What a method is to lead to.
    public static final class OfMethod extends TargetRequest {

        private final Point point;

        public OfMethod(Point point, Supplier<BoundTarget> finds) {
            super(point, finds);
            this.point = point;
        }

        @Override
        void prepare() {
            // The target is all that there is to find.
        }

        @Override
        PendingChange set(BoundTarget target) {
            return new PointChange.Set(point, target);
        }

        @Override
        Overriding override(BoundTarget target) {
            Layer layer = new Layer(target);
            return new Overriding(new PointChange.Begin(point, layer), () -> new PointChange.End(point, layer));
        }
    }

    /// What a field is to hold.
    public static final class OfField extends TargetRequest {

        private final FieldPoint point;
        private final FieldAccess access;

        public OfField(FieldPoint point, FieldAccess access, Supplier<BoundTarget> finds) {
            super(point, finds);
            this.point = point;
            this.access = access;
        }

        /// Runs the initialiser of the field's class, before any lock is taken.
        @Override
        void prepare() {
            access.initialize(point.key());
        }

        @Override
        PendingChange set(BoundTarget target) {
            return new FieldChange.Set(point, access, target);
        }

        @Override
        Overriding override(BoundTarget target) {
            FieldLayer layer = new FieldLayer(target);
            return new Overriding(
                    new FieldChange.Begin(point, layer, access), () -> new FieldChange.End(point, layer, access));
        }
    }

    /// The changes to the targets of requests. Whatever runs code of the application happens here.
    ///
    /// @param requests of different patchables
    /// @throws PatchException if one of them cannot be granted
    public static PendingChange[] changes(List<TargetRequest> requests) {
        List<BoundTarget> targets = targets(requests);
        PendingChange[] changes = new PendingChange[requests.size()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = requests.get(i).set(targets.get(i));
        }
        return changes;
    }

    /// As [#changes(List)], to the targets and back.
    public static List<Overriding> overrides(List<TargetRequest> requests) {
        List<BoundTarget> targets = targets(requests);
        List<Overriding> overrides = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            overrides.add(requests.get(i).override(targets.get(i)));
        }
        return overrides;
    }

    /// All targets, found and made. Whatever runs code of the application happens here.
    private static List<BoundTarget> targets(List<TargetRequest> requests) {
        Set<Choosable> points = new HashSet<>();
        for (TargetRequest request : requests) {
            if (!points.add(request.point)) {
                throw new PatchRefusal(request.key(), " is named twice in a patch; give it one target");
            }
        }
        List<BoundTarget> targets = requests.stream().map(TargetRequest::target).toList();
        requests.forEach(TargetRequest::prepare);
        return targets;
    }

    private Key key() {
        return point.key();
    }

    private BoundTarget target() {
        BoundTarget known = found;
        if (known == null) {
            known = Objects.requireNonNull(finds.get());
            found = known;
        }
        return known;
    }
}
