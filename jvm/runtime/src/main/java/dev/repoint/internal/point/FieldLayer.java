package dev.repoint.internal.point;

/// An override of a field that is open.
public final class FieldLayer {

    final FieldPoint point;
    final Target target;

    public FieldLayer(FieldPoint point, Target target) {
        this.point = point;
        this.target = target;
    }
}
