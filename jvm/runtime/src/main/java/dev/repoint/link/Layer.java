package dev.repoint.link;

import org.jspecify.annotations.Nullable;

/// An override of a point that is open, on top of others. Guarded by [Changes#LOCK].
final class Layer {

    final Point point;
    final Target target;

    @Nullable
    Layer below;

    Layer(Point point, Target target) {
        this.point = point;
        this.target = target;
    }
}
