package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.InstructionCursor;

/// Replaces uses of patchables with calls of bridges. A bridge is a private method of the same class. It asks the
/// runtime, and runs the original instruction if there is no target.
///
/// | use | becomes |
/// | --- | --- |
/// | `invokevirtual`, `invokestatic` | `invokestatic` of the bridge |
/// | `invokeinterface`, `invokedynamic` | `invokestatic` of the bridge, and two `nop`s |
/// | `invokespecial` | `invokespecial` of the bridge |
/// | `getstatic`, `putstatic` | `invokestatic` of the bridge |
///
/// No offset moves, so it changes the bytes of the view in place. The original instruction in the bridge keeps its
/// constant, so its linkage errors, its access checks and the class that it initialises stay the same.
public final class UseSplicer {

    private final Additions additions;
    private final CallBridges calls;
    private final FieldBridges fields;
    private final ReferenceBridges references;
    private final ReflectionBridges assignments;

    /// @param additions receives the bridges. Its view must be one of a [copy][ClassView#useCopyOf]
    /// @param prefix the beginning of the names of bridges
    public UseSplicer(Additions additions, String prefix) {
        this.additions = additions;
        BridgeNames names = new BridgeNames(additions.view, prefix);
        this.calls = new CallBridges(additions, names);
        this.fields = new FieldBridges(additions, names);
        this.references = new ReferenceBridges(additions, names, calls);
        this.assignments = new ReflectionBridges(additions, names);
    }

    /// Replaces one use in a method of the view.
    public void replace(MethodView method, UseOrder order) {
        byte[] bytes = additions.view.bytes;
        int at = method.code().start + order.bci();
        int opcode = Bytes.u1(bytes, at);
        int constant = Bytes.u2(bytes, at + 1);
        if (order instanceof UseOrder.Call call) {
            int bridge = calls.of(opcode, constant, call.receiver(), call.question());
            boolean special = opcode == InstructionCursor.INVOKESPECIAL;
            put(bytes, at, special ? InstructionCursor.INVOKESPECIAL : InstructionCursor.INVOKESTATIC, bridge);
        } else if (order instanceof UseOrder.Reference reference) {
            put(bytes, at, InstructionCursor.INVOKESTATIC, references.of(constant, reference));
        } else if (order instanceof UseOrder.Read read) {
            put(bytes, at, InstructionCursor.INVOKESTATIC, fields.of(constant, read));
        } else if (order instanceof UseOrder.Assign assign) {
            put(bytes, at, InstructionCursor.INVOKESTATIC, fields.of(constant, assign));
        } else if (order instanceof UseOrder.Reflect reflect) {
            put(bytes, at, InstructionCursor.INVOKESTATIC, assignments.of(constant, reflect));
        }
        if (opcode == InstructionCursor.INVOKEINTERFACE || opcode == InstructionCursor.INVOKEDYNAMIC) {
            Bytes.putU2(bytes, at + 3, 0); // two nops
        }
    }

    private static void put(byte[] bytes, int at, int opcode, int constant) {
        bytes[at] = (byte) opcode;
        Bytes.putU2(bytes, at + 1, constant);
    }
}
