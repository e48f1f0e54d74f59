package dev.repoint.weaver.splice;

/// A method as it lies in the bytes of a class file (JVMS 4.6).
public final class MethodView {

    private static final byte INVOKEDYNAMIC = (byte) 0xBA;

    final ClassView owner;
    final int start;
    final int end;
    /// Where the attribute with the code stands, or -1.
    final int codeAt;

    private final int annotationsAt;

    MethodView(ClassView owner, int start, int end) {
        this.owner = owner;
        this.start = start;
        this.end = end;
        int foundCode = -1;
        int foundAnnotations = -1;
        int at = start + 8;
        while (at < end) {
            switch (owner.kindAt(at)) {
                case CODE -> {
                    if (foundCode >= 0) {
                        throw Bytes.malformed(at, "a second Code attribute");
                    }
                    foundCode = at;
                }
                case ANNOTATIONS -> foundAnnotations = at;
                default -> {
                    // nothing that matters here
                }
            }
            at = owner.endOfAttribute(at, end);
        }
        this.codeAt = foundCode;
        this.annotationsAt = foundAnnotations;
    }

    /// The access flags.
    public int flags() {
        return Bytes.u2(owner.bytes, start);
    }

    /// The name.
    public String name() {
        return owner.utf8(nameIndex());
    }

    /// The descriptor.
    public String descriptor() {
        return owner.utf8(descriptorIndex());
    }

    /// How many bytes its code has, or -1 if it has none.
    public int codeLength() {
        return codeAt < 0 ? -1 : code().length;
    }

    /// How many bytes a prologue has to be a multiple of: 4 where the code has a switch, which is aligned.
    public int alignment() {
        CodeView code = code();
        return Instructions.hasSwitch(owner.bytes, code.start, code.length) ? Instructions.ALIGNMENT : 1;
    }

    /// Whether splicing knows all that would have to be corrected in the code.
    public boolean isSpliceable() {
        return codeAt >= 0 && code().isUnderstood();
    }

    /// The bootstrap method of the `invokedynamic` that the code begins with.
    ///
    /// @return owner and name with a blank between them, or empty if the code begins with something else
    public String firstBootstrap() {
        if (codeAt < 0) {
            return "";
        }
        CodeView code = code();
        return code.length >= 5 && owner.bytes[code.start] == INVOKEDYNAMIC
                ? owner.bootstrapOf(Bytes.u2(owner.bytes, code.start + 1))
                : "";
    }

    /// Whether it carries an annotation that is kept at run time.
    ///
    /// @param descriptor of the annotation's class
    public boolean carries(String descriptor) {
        return annotationsAt >= 0 && Annotations.has(owner, annotationsAt, descriptor);
    }

    int nameIndex() {
        return Bytes.u2(owner.bytes, start + 2);
    }

    int descriptorIndex() {
        return Bytes.u2(owner.bytes, start + 4);
    }

    CodeView code() {
        return new CodeView(owner, codeAt);
    }
}
