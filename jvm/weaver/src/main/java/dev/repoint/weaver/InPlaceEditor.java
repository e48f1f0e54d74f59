package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.List;

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
final class InPlaceEditor implements BodyTransform.Editor {

    /// The length without the moves and the cast of the result: 5 + 1 + 3 + 3 + 5 + 3 + 1 bytes.
    private static final int FIXED_LENGTH = 21;

    private static final int CHECKCAST_LENGTH = 3;

    private final SiteJudge judge;
    private final FieldJudge fields;
    private final FrameTracker tracker;
    private final int firstFreeLocal;

    InPlaceEditor(SiteJudge judge, FieldJudge fields, ClassModel owner, MethodPlan plan) {
        this.judge = judge;
        this.fields = fields;
        this.tracker = new FrameTracker(owner, plan.method(), plan.body());
        this.firstFreeLocal = plan.body().maxLocals();
    }

    @Override
    public void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
        SiteVerdict verdict = judge.judge(element);
        FieldVerdict ofField = fields.judge(element);
        if (!(element instanceof Instruction instruction)) {
            code.with(element);
        } else if (ofField instanceof FieldVerdict.Read read && tracker.isReached()) {
            FieldsInPlace.read(code, read, tracker, frames);
        } else if (ofField instanceof FieldVerdict.Assign assignment && tracker.isReached()) {
            FieldsInPlace.assign(code, assignment, tracker, firstFreeLocal);
        } else if (ofField instanceof FieldVerdict.Reflect reflect) {
            ReflectiveWrites.write(code, reflect.instruction(), firstFreeLocal);
            tracker.step(reflect.instruction(), code.startLabel());
        } else if (verdict instanceof SiteVerdict.Call call && tracker.isReached()) {
            patch(code, call, frames);
        } else {
            boolean creates = instruction.opcode() == Opcode.NEW;
            Label here = creates ? code.newBoundLabel() : code.startLabel();
            code.with(instruction);
            tracker.step(instruction, here);
        }
    }

    private void patch(CodeBuilder code, SiteVerdict.Call site, List<StackMapFrameInfo> frames) {
        InvokeInstruction call = site.instruction();
        MethodShape shape = shapeOf(site);
        ConstantPoolBuilder pool = code.constantPool();
        Label original = code.newLabel();
        Label end = code.newLabel();
        frames.add(tracker.frameAt(original, List.of(Frames.object(pool))));
        boolean frameFollows = tracker.hasFrameBehind(call);
        code.invokedynamic(LinkCalls.site(pool, site.ref().key(), call.opcode() == Opcode.INVOKESTATIC))
                .dup()
                .ifnull(original)
                .checkcast(LinkCalls.type(pool, shape.interfaceName()))
                .astore(firstFreeLocal);
        storeArguments(code, shape, firstFreeLocal + 1);
        if (mayBeNull(call)) {
            Prologue.refuseNull(code, firstFreeLocal + 1);
        }
        code.aload(firstFreeLocal);
        Prologue.loadArguments(code, shape, firstFreeLocal + 1);
        code.invokeinterface(LinkCalls.call(pool, shape));
        if (shape.castsResult()) {
            code.checkcast(LinkCalls.type(pool, MethodShape.constantName(shape.result())));
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

    /// The number of bytes that a patched call adds.
    static int growth(SiteVerdict.Call site, int maxLocals) {
        MethodShape shape = shapeOf(site);
        int moves =
                2 * Prologue.lengthOfMoves(shape, maxLocals + 1) + 2 * (maxLocals < 4 ? 1 : maxLocals < 256 ? 2 : 4);
        int refusal = mayBeNull(site.instruction()) ? Prologue.lengthOfRefusal(maxLocals + 1) : 0;
        return FIXED_LENGTH + moves + refusal + (shape.castsResult() ? CHECKCAST_LENGTH : 0);
    }

    /// Whether the call has a receiver. The receiver of `invokespecial` may also be another object than `this`.
    private static boolean mayBeNull(InvokeInstruction call) {
        return call.opcode() != Opcode.INVOKESTATIC;
    }

    private static MethodShape shapeOf(SiteVerdict.Call site) {
        boolean isStatic = site.instruction().opcode() == Opcode.INVOKESTATIC;
        return MethodShape.of(
                site.ref().descriptor(),
                isStatic ? "" : MethodShape.descriptorOf(site.ref().receiver()));
    }
}
