package dev.repoint.internal.point;

import dev.repoint.PatchException;
import dev.repoint.internal.targets.Access;
import dev.repoint.internal.targets.Defaults;
import dev.repoint.internal.targets.Signature;
import dev.repoint.internal.targets.Targets;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import org.jspecify.annotations.Nullable;

/// The method that a target calls by its name. It may be patchable itself: then calls go on to where that
/// leads. Where they would come back to the beginning the target calls the default of that method instead;
/// [Cycles] decides.
///
/// Thread-safe.
public final class Callee {

    private final Signature wanted;
    private final Point point;
    private final MethodHandles.Lookup access;
    private volatile @Nullable BoundTarget around;

    /// @param wanted whose target it is
    /// @param point that of the method which is called
    /// @param access a look-up that may call it
    public Callee(Signature wanted, Point point, MethodHandles.Lookup access) {
        this.wanted = wanted;
        this.point = point;
        this.access = access;
    }

    Point point() {
        return point;
    }

    /// The target that calls the default, or null if it was not made yet.
    @Nullable
    BoundTarget around() {
        return around;
    }

    /// Makes the target that calls the default.
    ///
    /// @throws PatchException if that cannot be called
    void makeAround() {
        if (around != null) {
            return;
        }
        MethodHandles.Lookup within = within();
        MethodHandle body = Defaults.handle(Signature.of(point), point.hasEntry(), within);
        BoundTarget made = Targets.handle(wanted, body, within, "the default of " + point.key());
        around = new BoundTarget(
                made.shape(), point.key().owner() + "." + point.key().name(), made.handle());
    }

    /// A look-up into the class of the method, where there is one.
    private MethodHandles.Lookup within() {
        MethodHandles.Lookup entry = point.entryLookup();
        if (entry != null) {
            return entry;
        }
        try {
            return Access.into(point.owner(), access);
        } catch (IllegalAccessException denied) {
            try {
                return Access.into(point.owner());
            } catch (IllegalAccessException e) {
                throw new PatchException(
                        point.key() + ": its default is not accessible to "
                                + access.lookupClass().getName() + "; open its package",
                        e);
            }
        }
    }
}
