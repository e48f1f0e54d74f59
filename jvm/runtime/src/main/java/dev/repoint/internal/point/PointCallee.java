package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// The method that a target calls by its name. It may be patchable itself: then calls go on to where that leads.
/// Where they would come back to the beginning the target calls the default of that method instead; [Cycles]
/// decides.
///
/// Thread-safe.
public interface PointCallee extends BoundTarget.Callee {

    /// That of the method which is called.
    Point point();

    /// The point of the method that a target calls by its name, where that method goes where its point leads;
    /// else null.
    static @Nullable Point next(BoundTarget target) {
        return target.now().callee() instanceof PointCallee called
                        && called.point().hasEntry()
                ? called.point()
                : null;
    }
}
