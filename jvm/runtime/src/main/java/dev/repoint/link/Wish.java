package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.PatchException;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a patchable is to lead to. A patch is a list of these.
///
/// The target is found, checked and made when the wish is first granted; it can be granted again for what a change costs.
/// Thread-safe.
public final class Wish {

    private final Point point;
    private final Supplier<Target> finds;
    private volatile @Nullable Target found;

    Wish(Point point, Supplier<Target> finds) {
        this.point = point;
        this.finds = finds;
    }

    /// Leads to all targets from now on, at one moment; overrides that are open end.
    ///
    /// @param wishes of different patchables
    /// @throws PatchException if one cannot be granted; then nothing has changed
    public static void grant(List<Wish> wishes) {
        List<Target> targets = targets(wishes);
        Change[] changes = new Change[wishes.size()];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = new PointChange.Set(wishes.get(i).point, targets.get(i));
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
        Layer[] layers = new Layer[wishes.size()];
        Change[] changes = new Change[layers.length];
        for (int i = 0; i < layers.length; i++) {
            layers[i] = new Layer(wishes.get(i).point, targets.get(i));
            changes[i] = new PointChange.Begin(layers[i]);
        }
        Changes.make(changes);
        return () -> end(layers);
    }

    private static void end(Layer[] layers) {
        Change[] changes = new Change[layers.length];
        for (int i = 0; i < layers.length; i++) {
            changes[i] = new PointChange.End(layers[i]);
        }
        Changes.make(changes);
    }

    /// All targets, found and made. Whatever runs code of the application happens here.
    private static List<Target> targets(List<Wish> wishes) {
        Set<Point> points = new HashSet<>();
        for (Wish wish : wishes) {
            if (!points.add(wish.point)) {
                throw new PatchException(wish.key() + " is named twice in a patch; give it one target");
            }
        }
        return wishes.stream().map(Wish::target).toList();
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
