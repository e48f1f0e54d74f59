package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.InstructionCursor;
import dev.repoint.internal.classfile.Instructions;
import org.jspecify.annotations.Nullable;

/// A method in the bytes of a class file (JVMS 4.6).
public final class MethodView extends MemberView {

    private static final byte INVOKEDYNAMIC = (byte) 0xBA;

    /// The offset of the attribute with the code, or -1.
    final int codeAt;

    /// Its end in the class file.
    final int end;

    private final int annotationsAt;
    private @Nullable CodeView code;

    MethodView(PoolView owner, int start) {
        super(owner, start);
        byte[] bytes = owner.bytes;
        int foundCode = -1;
        int foundAnnotations = -1;
        int at = start + 8;
        for (int count = Bytes.u2(bytes, start + 6); count > 0; count--) {
            AttributeKind kind = owner.kindAt(at);
            if (kind == AttributeKind.CODE) {
                if (foundCode >= 0) {
                    throw Bytes.malformed(at, "a second Code attribute");
                }
                foundCode = at;
            } else if (kind == AttributeKind.ANNOTATIONS) {
                foundAnnotations = at;
            }
            at = owner.endOfAttribute(at, bytes.length);
        }
        this.end = at;
        this.codeAt = foundCode;
        this.annotationsAt = foundAnnotations;
    }

    /// The number of slots that its parameters take, without a receiver; `long` and `double` take two.
    ///
    /// @return -1 if its descriptor is malformed
    public int parameterSlots() {
        return owner.slots(descriptorIndex());
    }

    /// The length of its code in bytes, or -1 if it has none.
    public int codeLength() {
        return codeAt < 0 ? -1 : code().length;
    }

    /// Visits the instructions in their order. A method without code has none.
    ///
    /// @throws RuntimeException if the code is malformed
    public void forEachInstruction(InstructionVisitor visitor) {
        if (codeAt >= 0) {
            byte[] bytes = owner.bytes;
            int start = code().start;
            int codeEnd = start + code().length;
            int at = start;
            while (at < codeEnd) {
                int next = Instructions.endOf(bytes, at, start, codeEnd);
                visitor.visit(Bytes.u1(bytes, at), at, next - at);
                at = next;
            }
        }
    }

    /// The line of an instruction in the source file.
    ///
    /// @param at its offset in the class file
    /// @return -1 if it is unknown
    public int line(int at) {
        return code().line(at);
    }

    /// The length of a prologue must be a multiple of this number: 4 if the code has a switch, because a switch is
    /// aligned.
    public int alignment() {
        CodeView code = code();
        return Instructions.hasSwitch(owner.bytes, code.start, code.length) ? Instructions.ALIGNMENT : 1;
    }

    /// The first attribute of the code that may contain offsets which splicing cannot correct.
    ///
    /// @return its name, or empty if there is none
    public String unknownAttribute() {
        return codeAt < 0 ? "" : code().unknownAttribute();
    }

    /// The bootstrap method of the `invokedynamic` at the start of the code.
    ///
    /// @return owner and name, separated by a blank, or empty if the code starts with another instruction
    public String firstBootstrap() {
        if (codeAt < 0) {
            return "";
        }
        CodeView code = code();
        return code.length >= 5 && owner.bytes[code.start] == INVOKEDYNAMIC
                ? owner.bootstrapOf(Bytes.u2(owner.bytes, code.start + 1))
                : "";
    }

    /// The instructions of its code. It must have some.
    public InstructionCursor instructions() {
        CodeView code = code();
        return new InstructionCursor(owner.bytes, code.start, code.start, code.start + code.length);
    }

    /// The maximum number of its local variables. It must have code.
    public int maxLocals() {
        return code().maxLocals;
    }

    /// The lines of the source, for each offset in the code.
    ///
    /// @return -1 for an offset before the first line; empty if there are no lines
    public int[] lines() {
        return code().lines();
    }

    /// Whether its code has a local variable of a name, as far as it names its variables.
    ///
    /// @param slot the number of the variable, or -1 for any
    public boolean hasVariable(String variable, int slot) {
        return codeAt >= 0 && code().hasVariable(variable, slot);
    }

    /// Whether its first parameter carries a given annotation with run-time retention.
    ///
    /// @param annotation descriptor of the annotation's class
    public boolean firstParameterCarries(String annotation) {
        int at = attribute("RuntimeVisibleParameterAnnotations");
        return at >= 0 && Bytes.u1(owner.bytes, at) > 0 && Annotations.find(owner, at - 5, annotation) >= 0;
    }

    @Override
    int annotationsAt() {
        return annotationsAt;
    }

    /// Its code. It must have some.
    CodeView code() {
        CodeView known = code;
        if (known == null) {
            known = new CodeView(owner, codeAt);
            code = known;
        }
        return known;
    }
}
