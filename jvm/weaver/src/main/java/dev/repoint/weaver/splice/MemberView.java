package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// A field or method in the bytes of a class file (JVMS 4.5, 4.6).
public abstract class MemberView {

    final PoolView owner;
    final int start;

    MemberView(PoolView owner, int start) {
        this.owner = owner;
        this.start = start;
    }

    /// The access flags.
    public final int flags() {
        return Bytes.u2(owner.bytes, start);
    }

    /// The name.
    public final String name() {
        return owner.utf8(nameIndex());
    }

    /// The descriptor.
    public final String descriptor() {
        return owner.utf8(descriptorIndex());
    }

    /// Whether it carries a given annotation with run-time retention.
    ///
    /// @param annotation descriptor of the annotation's class
    public final boolean carries(String annotation) {
        return annotationsAt() >= 0 && Annotations.find(owner, annotationsAt(), annotation) >= 0;
    }

    /// The name of the enum constant in an annotation with run-time retention.
    ///
    /// @param annotation descriptor of the annotation's class; the member carries it
    /// @param element name of the element
    /// @return empty if the annotation does not contain the element
    public final String enumIn(String annotation, String element) {
        return Annotations.enumIn(owner, Annotations.find(owner, annotationsAt(), annotation), element);
    }

    /// The offset of the content of an attribute of the member.
    ///
    /// @param attribute its name
    /// @return -1 if there is no such attribute
    public final int attribute(String attribute) {
        byte[] ascii = attribute.getBytes(StandardCharsets.US_ASCII);
        int at = start + 8;
        for (int count = Bytes.u2(owner.bytes, start + 6); count > 0; count--) {
            if (owner.isUtf8(Bytes.u2(owner.bytes, at), ascii)) {
                return at + 6;
            }
            at = owner.endOfAttribute(at, owner.bytes.length);
        }
        return -1;
    }

    /// Its annotations without run-time retention.
    public final List<AnnotationView> invisibleAnnotations() {
        int at = attribute("RuntimeInvisibleAnnotations");
        return at < 0 ? List.of() : AnnotationView.read(owner, at);
    }

    final int nameIndex() {
        return Bytes.u2(owner.bytes, start + 2);
    }

    final int descriptorIndex() {
        return Bytes.u2(owner.bytes, start + 4);
    }

    /// The offset of the attribute with annotations, or -1.
    abstract int annotationsAt();
}
