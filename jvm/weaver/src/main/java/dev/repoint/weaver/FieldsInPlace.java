package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.util.List;

/// Patches uses of fields in place, in a class that can get no bridges.
///
/// ```
/// invokedynamic readable()Z; ifeq plain         dup; invokedynamic enter(T)I; istore ticket
/// invokedynamic value()T; checkcast; goto end   putstatic as it was
/// plain: getstatic as it was                    iload ticket; invokedynamic leave(I)V
/// end:
/// ```
final class FieldsInPlace {

    /// The length of a read without the cast: 5 + 3 + 5 + 3 bytes.
    private static final int READ_LENGTH = 16;

    private static final int CHECKCAST_LENGTH = 3;

    /// The length of an assignment without the moves of the ticket: 1 + 5 + 5 bytes.
    private static final int ASSIGNMENT_LENGTH = 11;

    private FieldsInPlace() {}

    /// Writes a read.
    static void read(CodeBuilder code, FieldVerdict.Read read, FrameTracker tracker, List<StackMapFrameInfo> frames) {
        Label plain = code.newLabel();
        Label end = code.newLabel();
        boolean frameFollows = tracker.hasFrameBehind(read.instruction());
        code.invokedynamic(LinkCalls.readable(code.constantPool(), read.ref())).ifeq(plain);
        value(code, read.ref());
        code.goto_(end).labelBinding(plain);
        frames.add(tracker.frameAt(plain, List.of()));
        code.with(read.instruction()).labelBinding(end);
        tracker.step(read.instruction(), code.startLabel());
        if (!frameFollows) {
            frames.add(tracker.frameAt(end, List.of()));
        }
    }

    /// Writes an assignment.
    static void assign(CodeBuilder code, FieldVerdict.Assign assignment, FrameTracker tracker, int freeLocal) {
        ConstantPoolBuilder pool = code.constantPool();
        boolean wide = MethodShape.kind(assignment.ref().descriptor()).slotSize() == 2;
        (wide ? code.dup2() : code.dup())
                .invokedynamic(LinkCalls.enter(pool, assignment.ref()))
                .istore(freeLocal)
                .with(assignment.instruction());
        code.iload(freeLocal).invokedynamic(LinkCalls.leave(pool, assignment.ref()));
        tracker.step(assignment.instruction(), code.startLabel());
    }

    /// Writes the `invokedynamic` for the value. The value is then on the stack.
    static void value(CodeBuilder code, FieldRef ref) {
        ConstantPoolBuilder pool = code.constantPool();
        code.invokedynamic(LinkCalls.value(pool, ref));
        if (ref.isCast()) {
            code.checkcast(LinkCalls.type(pool, MethodShape.constantName(ref.descriptor())));
        }
    }

    /// The number of bytes that a patched read adds.
    static int growth(FieldRef read) {
        return READ_LENGTH + (read.isCast() ? CHECKCAST_LENGTH : 0);
    }

    /// The number of bytes that a patched assignment adds.
    static int growth(int maxLocals) {
        return ASSIGNMENT_LENGTH + 2 * (maxLocals < 4 ? 1 : maxLocals < 256 ? 2 : 4);
    }
}
