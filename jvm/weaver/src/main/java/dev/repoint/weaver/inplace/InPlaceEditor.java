package dev.repoint.weaver.inplace;

import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;
import java.util.Map;

/// Patches the calls and the uses of fields of one body in place, in a class that can get no bridges.
///
/// ```
/// ..., arguments
/// invokedynamic target()Object; dup; ifnull original
/// checkcast Shape; astore t; store arguments; refuse a null receiver
/// aload t; load arguments; invokeinterface Shape.call; [checkcast result]; goto end
/// original: pop; the call as it was
/// end:
/// ```
///
/// Only the patched path moves the arguments to new locals. No frame contains these locals.
final class InPlaceEditor {

    private final Map<Integer, UseOrder> orders;
    private final FrameTracker tracker;
    private final int firstFreeLocal;

    /// @param orders the orders for the instructions, by their offsets
    InPlaceEditor(ClassModel owner, MethodModel method, CodeAttribute body, Map<Integer, UseOrder> orders) {
        this.orders = orders;
        this.tracker = new FrameTracker(owner, method, body);
        this.firstFreeLocal = body.maxLocals();
    }

    /// Writes one element.
    ///
    /// @param frames receives the frames of new labels
    void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
        if (!(element instanceof Instruction)) {
            code.with(element);
            return;
        }
        Instruction instruction = (Instruction) element;
        UseOrder order = orders.get(tracker.bci());
        if (order instanceof UseOrder.Reflect) {
            report(code, (InvokeInstruction) instruction, (UseOrder.Reflect) order);
        } else if (order == null || !tracker.isReached()) {
            boolean creates = instruction.opcode() == Opcode.NEW;
            Label here = creates ? code.newBoundLabel() : code.startLabel();
            code.with(instruction);
            tracker.step(instruction, here);
        } else if (order instanceof UseOrder.Call) {
            patch(code, (InvokeInstruction) instruction, (UseOrder.Call) order, frames);
        } else if (order instanceof UseOrder.Read) {
            FieldsInPlace.read(code, (FieldInstruction) instruction, (UseOrder.Read) order, tracker, frames);
        } else if (order instanceof UseOrder.Assign) {
            FieldsInPlace.assign(
                    code, (FieldInstruction) instruction, (UseOrder.Assign) order, tracker, firstFreeLocal);
        } else {
            throw new IllegalArgumentException("no order for a loaded class: " + order);
        }
    }

    /// Reports an assignment by reflection. The code has no jumps, so it needs no frames.
    ///
    /// ```
    /// ..., field, object, value
    /// store v; swap; dup_x1; swap; load v
    /// invokevirtual Field.set as it was
    /// invokestatic FieldLink.assigned(Field)
    /// ```
    private void report(CodeBuilder code, InvokeInstruction call, UseOrder.Reflect order) {
        String type = call.type().stringValue();
        TypeKind value = MethodShape.kind(type.substring("(Ljava/lang/Object;".length(), type.length() - 2));
        code.storeLocal(value, firstFreeLocal).swap().dup_x1().swap().loadLocal(value, firstFreeLocal);
        code.with(call).invoke(Opcode.INVOKESTATIC, PoolEntries.report(code.constantPool(), order));
        tracker.step(call, code.startLabel());
    }

    private void patch(CodeBuilder code, InvokeInstruction call, UseOrder.Call order, List<StackMapFrameInfo> frames) {
        MethodShape shape = MethodShape.of(call.type().stringValue(), order.receiver());
        ConstantPoolBuilder pool = code.constantPool();
        Label original = code.newLabel();
        Label end = code.newLabel();
        frames.add(tracker.frameAt(original, List.of(Frames.object(pool))));
        boolean frameFollows = tracker.hasFrameBehind(call);
        code.invokedynamic(PoolEntries.dynamic(pool, order.question()))
                .dup()
                .ifnull(original)
                .checkcast(PoolEntries.type(pool, shape.interfaceName()))
                .astore(firstFreeLocal);
        storeArguments(code, shape, firstFreeLocal + 1);
        if (mayBeNull(call)) {
            Arguments.refuseNull(code, firstFreeLocal + 1);
        }
        code.aload(firstFreeLocal);
        Arguments.load(code, shape, firstFreeLocal + 1);
        code.invokeinterface(PoolEntries.call(pool, shape));
        if (shape.castsResult()) {
            code.checkcast(PoolEntries.type(pool, MethodShape.constantName(shape.result())));
        }
        code.goto_(end).labelBinding(original).pop().with(call).labelBinding(end);
        tracker.step(call, code.startLabel());
        if (!frameFollows) {
            frames.add(tracker.frameAt(end, List.of()));
        }
    }

    /// Stores the arguments. The last one is on top of the stack.
    private static void storeArguments(CodeBuilder code, MethodShape shape, int firstSlot) {
        int slot = firstSlot + shape.slots();
        List<String> arguments = shape.arguments();
        for (int i = arguments.size() - 1; i >= 0; i--) {
            TypeKind kind = MethodShape.kind(arguments.get(i));
            slot -= kind.slotSize();
            code.storeLocal(kind, slot);
        }
    }

    /// Whether the call has a receiver. The receiver of `invokespecial` may also be another object than `this`.
    private static boolean mayBeNull(InvokeInstruction call) {
        return call.opcode() != Opcode.INVOKESTATIC;
    }
}
