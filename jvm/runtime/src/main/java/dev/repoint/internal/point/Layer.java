package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// An override of a point that is open, on top of others. Guarded by [PatchCommit#LOCK].
public final class Layer {

    final Point point;
    final BoundTarget target;

    @Nullable
    Layer below;

    public Layer(Point point, BoundTarget target) {
        this.point = point;
        this.target = target;
    }
}
