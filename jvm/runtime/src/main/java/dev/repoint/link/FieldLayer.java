package dev.repoint.link;

/// An override of a field that is open.
final class FieldLayer {

    final FieldPoint point;
    final Target target;

    FieldLayer(FieldPoint point, Target target) {
        this.point = point;
        this.target = target;
    }
}
