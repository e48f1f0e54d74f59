package dev.repoint.internal.point;

/// An override of a field that is open.
public final class FieldLayer {

    final FieldPoint point;
    final BoundTarget target;

    public FieldLayer(FieldPoint point, BoundTarget target) {
        this.point = point;
        this.target = target;
    }
}
