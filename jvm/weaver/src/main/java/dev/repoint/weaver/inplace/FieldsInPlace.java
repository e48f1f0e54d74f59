package dev.repoint.weaver.inplace;

import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.instruction.FieldInstruction;
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

    private FieldsInPlace() {}

    /// Writes a read.
    static void read(
            CodeBuilder code,
            FieldInstruction read,
            UseOrder.Read order,
            FrameTracker tracker,
            List<StackMapFrameInfo> frames) {
        Label plain = code.newLabel();
        Label end = code.newLabel();
        boolean frameFollows = tracker.hasFrameBehind(read);
        ConstantPoolBuilder pool = code.constantPool();
        String type = read.type().stringValue();
        code.invokedynamic(PoolEntries.dynamic(pool, order.readable())).ifeq(plain);
        code.invokedynamic(PoolEntries.dynamic(pool, order.value()));
        if (MethodShape.isReference(type) && !type.equals("Ljava/lang/Object;")) {
            code.checkcast(PoolEntries.type(pool, MethodShape.constantName(type)));
        }
        code.goto_(end).labelBinding(plain);
        frames.add(tracker.frameAt(plain, List.of()));
        code.with(read).labelBinding(end);
        tracker.step(read, code.startLabel());
        if (!frameFollows) {
            frames.add(tracker.frameAt(end, List.of()));
        }
    }

    /// Writes an assignment.
    static void assign(
            CodeBuilder code, FieldInstruction assignment, UseOrder.Assign order, FrameTracker tracker, int freeLocal) {
        ConstantPoolBuilder pool = code.constantPool();
        boolean wide = MethodShape.kind(assignment.type().stringValue()).slotSize() == 2;
        (wide ? code.dup2() : code.dup())
                .invokedynamic(PoolEntries.dynamic(pool, order.enter()))
                .istore(freeLocal)
                .with(assignment);
        code.iload(freeLocal).invokedynamic(PoolEntries.dynamic(pool, order.leave()));
        tracker.step(assignment, code.startLabel());
    }
}
