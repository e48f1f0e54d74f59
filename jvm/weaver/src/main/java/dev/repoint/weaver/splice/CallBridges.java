package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.InstructionCursor;
import java.util.HashMap;
import java.util.Map;

/// The bridges for calls: one for each instruction, constant and type of receiver.
///
/// ```
/// prologue
/// load arguments; the call as it was; return
/// ```
final class CallBridges {

    private final Additions additions;
    private final BridgeNames names;
    private final Map<Need, Integer> bridges = new HashMap<>();

    private record Need(int opcode, int constant, String receiver) {}

    CallBridges(Additions additions, BridgeNames names) {
        this.additions = additions;
        this.names = names;
    }

    /// The constant of the bridge for a call.
    ///
    /// @param opcode the instruction of the call
    /// @param constant the constant of the method
    /// @param receiver descriptor of the receiver, or empty
    int of(int opcode, int constant, String receiver, DynamicCall question) {
        Need need = new Need(opcode, constant, receiver);
        Integer known = bridges.get(need);
        if (known == null) {
            known = write(need, question);
            bridges.put(need, known);
        }
        return known;
    }

    private int write(Need need, DynamicCall question) {
        ClassView view = additions.view;
        String type = view.memberType(need.constant);
        boolean special = need.opcode == InstructionCursor.INVOKESPECIAL;
        boolean ofStatic = need.opcode == InstructionCursor.INVOKESTATIC;
        int descriptorIndex = view.memberTypeIndex(need.constant);
        PrologueForm form = PrologueForm.of(additions, descriptorIndex, ofStatic, !special && !ofStatic);
        ByteSink code = new ByteSink(64);
        form.write(code, additions.constantOf(question), 1);
        int body = code.length() - 1;
        Kinds kinds = additions.kinds.read(view, descriptorIndex, ofStatic);
        int slots = kinds.load(code);
        code.u1(need.opcode);
        code.u2(need.constant);
        if (need.opcode == InstructionCursor.INVOKEINTERFACE) {
            code.u1(slots);
            code.u1(0);
        }
        Moves.giveBack(code, kinds.result());
        ByteSink frames = new ByteSink(16);
        frames.u2(1);
        FrameTable.writeAtBody(frames, body, additions.constants.object());
        String name = names.next("calls", view.memberName(need.constant) + "$");
        String descriptor = special ? type : "(" + need.receiver + type.substring(1);
        additions.method(name, descriptor, !special, Math.max(form.maxStack(), slots), slots, code, frames);
        return additions.ownMethod(name, descriptor);
    }
}
