package dev.repoint.internal.policy;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.internal.point.Choice;
import dev.repoint.internal.point.Choosable;
import dev.repoint.internal.point.Decisions;
import dev.repoint.internal.point.FieldChange;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.Gate;
import dev.repoint.internal.point.PatchLock;
import dev.repoint.internal.point.PendingChange;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.PointChange;
import dev.repoint.internal.point.StaleChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// A change of the [Sources] together with the targets of all points that it concerns, as one patch.
///
/// 1. It is looked up which points it concerns, and what each of them is to lead to. That runs code of the
///    application, with no lock held.
/// 2. All change at one moment, unless meanwhile the sources were changed by somebody else, or a point that
///    this concerns was linked and chose by the old ones. Then all is looked up once more.
///
/// A point that is not linked yet is left, and only checked: it will choose by the new sources.
public final class SourceUpdate implements PendingChange, Decisions.Listener {

    private final Predicate<Key> concerns;
    /// Guarded by [PatchLock#LOCK].
    private boolean overtaken;

    private SourceUpdate(Predicate<Key> concerns) {
        this.concerns = concerns;
    }

    @Override
    public void decided(Key key) {
        overtaken |= concerns.test(key);
    }

    /// Which points a change concerns.
    private interface Scope {

        /// @param held what the point leads to now, and who said so
        boolean has(Key key, Choice held, Sources before);
    }

    /// Adds the offers of class loaders. Patchables that the program has not set, and no policy names, are
    /// chosen for anew.
    ///
    /// @param sources that hold now
    /// @return what withdraws them
    public static Runnable register(Supplier<Sources> sources, Set<ClassLoader> loaders) {
        Registered registered = Registered.of(loaders);
        make(
                sources,
                before -> before.with(registered),
                (key, held, before) -> held.dependsOnOffers() && registered.concerns(key),
                registered::concerns);
        return () -> withdraw(sources, registered);
    }

    private static void withdraw(Supplier<Sources> sources, Registered registered) {
        if (sources.get().registered().contains(registered)) {
            make(
                    sources,
                    before -> before.without(registered),
                    (key, held, before) -> held.isFrom(registered),
                    registered::concerns);
        }
    }

    /// Applies another policy. A patchable of which it says what the old one said stays, whatever it leads to
    /// now.
    ///
    /// @param sources that hold now
    /// @return how many patchables were chosen for
    /// @throws PatchException if some line of it cannot be applied; then nothing has changed
    static int apply(Supplier<Sources> sources, OperatorPolicy policy) {
        return make(
                sources,
                before -> before.with(policy),
                (key, held, before) -> !policy.agrees(before.policy(), key),
                key -> !policy.agrees(sources.get().policy(), key));
    }

    private static int make(
            Supplier<Sources> sources, UnaryOperator<Sources> change, Scope scope, Predicate<Key> keys) {
        while (true) {
            Sources before = sources.get();
            SourceUpdate update = new SourceUpdate(keys);
            Decisions.add(update);
            try {
                return update.make(sources, before, change.apply(before), scope);
            } catch (StaleChange e) {
                // Once more, by what holds now.
            } finally {
                Decisions.remove(update);
            }
        }
    }

    private int make(Supplier<Sources> sources, Sources before, Sources after, Scope scope) {
        List<PendingChange> changes = new ArrayList<>(List.of(this, before.changedTo(after)));
        for (Choosable point : KnownPoints.all()) {
            Choice held = point.choice();
            if (scope.has(point.key(), held, before)) {
                if (held == Choice.UNDECIDED) {
                    Choosing.check(point, after.policy());
                } else {
                    changes.add(change(point, held, Choosing.again(point, after)));
                }
            }
        }
        Ahead.commit(sources, changes.toArray(PendingChange[]::new));
        return changes.size() - 2;
    }

    private static PendingChange change(Choosable point, Choice before, Choice after) {
        if (point instanceof FieldPoint field) {
            return new FieldChange.Choose(field, field.access(), before, after);
        }
        return new PointChange.Choose((Point) point, before, after);
    }

    @Override
    public boolean leads() {
        return false;
    }

    @Override
    public void prepare(Gate gate) {
        if (overtaken) {
            throw new StaleChange();
        }
    }

    @Override
    public void close() {
        // It has no callers.
    }

    @Override
    public void settle(boolean made) {
        // There is nothing to settle.
    }
}
