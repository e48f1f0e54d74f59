package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// A field in the bytes of a class file (JVMS 4.5).
public final class FieldView extends MemberView {

    /// Its end in the class file.
    final int end;

    private final int annotationsAt;

    FieldView(PoolView owner, int start) {
        super(owner, start);
        int found = -1;
        int at = start + 8;
        for (int count = Bytes.u2(owner.bytes, start + 6); count > 0; count--) {
            found = owner.kindAt(at) == AttributeKind.ANNOTATIONS ? at : found;
            at = owner.endOfAttribute(at, owner.bytes.length);
        }
        this.end = at;
        this.annotationsAt = found;
    }

    @Override
    int annotationsAt() {
        return annotationsAt;
    }
}
