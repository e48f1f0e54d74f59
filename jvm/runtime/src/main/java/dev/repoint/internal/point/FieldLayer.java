package dev.repoint.internal.point;

/// An override of a field that is open.
public final class FieldLayer {

    final BoundTarget target;

    public FieldLayer(BoundTarget target) {
        this.target = target;
    }
}
