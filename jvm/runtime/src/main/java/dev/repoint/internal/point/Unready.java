package dev.repoint.internal.point;

import java.io.Serial;

/// A change closes a cycle, and a target that calls the default of the next is not made yet. Nothing has
/// changed; it has to be made, with no lock held, and the change to be prepared once more.
final class Unready extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1L;

    /// Whose target it is.
    private final transient Point point;

    /// The target that calls the next by its name.
    private final transient BoundTarget target;

    /// The keys on the cycle.
    private final transient String cycle;

    Unready(Point point, BoundTarget target, String cycle) {
        super(cycle, null, false, false);
        this.point = point;
        this.target = target;
        this.cycle = cycle;
    }

    Point point() {
        return point;
    }

    BoundTarget target() {
        return target;
    }

    String cycle() {
        return cycle;
    }
}
