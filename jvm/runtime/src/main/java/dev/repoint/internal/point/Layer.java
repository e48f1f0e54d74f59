package dev.repoint.internal.point;

import org.jspecify.annotations.Nullable;

/// An override of a point that is open, on top of others. Guarded by [PatchLock#LOCK].
public final class Layer {

    final BoundTarget target;

    @Nullable
    Layer below;

    public Layer(BoundTarget target) {
        this.target = target;
    }
}
