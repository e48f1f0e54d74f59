package dev.repoint.weaver.splice;

/// A field in the bytes of a class file (JVMS 4.5).
public final class FieldView extends MemberView {

    private final int annotationsAt;

    FieldView(PoolView owner, int start, int end) {
        super(owner, start, end);
        int found = -1;
        int at = start + 8;
        while (at < end) {
            found = owner.kindAt(at) == AttributeKind.ANNOTATIONS ? at : found;
            at = owner.endOfAttribute(at, end);
        }
        this.annotationsAt = found;
    }

    @Override
    int annotationsAt() {
        return annotationsAt;
    }
}
