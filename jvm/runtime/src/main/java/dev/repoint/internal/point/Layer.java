package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// An override of a point that is open, on top of others. Guarded by [Changes#LOCK].
public final class Layer {

    final Point point;
    final Target target;

    @Nullable
    Layer below;

    public Layer(Point point, Target target) {
        this.point = point;
        this.target = target;
    }
}
