package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.InstructionCursor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The bridges that make method references. The reference calls the bridge of the method.
///
/// ```
/// load captured values; invokedynamic with the bridge as its argument
/// ldc original; pop; return
/// ```
///
/// If the method does not link, the creation of the reference fails, and not its first call.
final class ReferenceBridges {

    private static final int IMPLEMENTATION = 1;
    private static final int POP = 0x57;
    private static final int STATIC_HANDLE = 6;
    private static final int SPECIAL_HANDLE = 7;

    /// The instruction with the effect of a method handle of each kind (JVMS 4.4.8), from 5 on.
    private static final int[] OPCODES = {
        InstructionCursor.INVOKEVIRTUAL,
        InstructionCursor.INVOKESTATIC,
        InstructionCursor.INVOKESPECIAL,
        0,
        InstructionCursor.INVOKEINTERFACE
    };

    private static final int FIRST_KIND = 5;

    private final Additions additions;
    private final BridgeNames names;
    private final CallBridges calls;
    private final Map<Integer, Integer> bridges = new HashMap<>();

    ReferenceBridges(Additions additions, BridgeNames names, CallBridges calls) {
        this.additions = additions;
        this.names = names;
        this.calls = calls;
    }

    /// The constant of the bridge that makes a reference.
    ///
    /// @param call the constant of the `invokedynamic`
    int of(int call, UseOrder.Reference order) {
        Integer known = bridges.get(call);
        if (known == null) {
            known = write(call, order);
            bridges.put(call, known);
        }
        return known;
    }

    private int write(int call, UseOrder.Reference order) {
        ClassView view = additions.view;
        Constants constants = additions.constants;
        int[] arguments = view.bootstrapArguments(call);
        int original = arguments[IMPLEMENTATION];
        int opcode = opcodeOf(view.handleKind(original), view.handleMember(original));
        int bridge = calls.of(opcode, view.handleMember(original), order.receiver(), order.question());
        List<Integer> changed = new ArrayList<>();
        for (int argument : arguments) {
            changed.add(argument);
        }
        boolean special = opcode == InstructionCursor.INVOKESPECIAL;
        changed.set(IMPLEMENTATION, constants.handle(special ? SPECIAL_HANDLE : STATIC_HANDLE, bridge));
        String type = view.memberType(call);
        ByteSink code = new ByteSink(32);
        int slots = additions.kinds.read(view, view.memberTypeIndex(call), true).load(code);
        code.u1(InstructionCursor.INVOKEDYNAMIC);
        code.u2(constants.invokeDynamic(
                additions.bootstraps.of(view.bootstrapHandle(call), changed), view.nameAndTypeOf(call)));
        code.u2(0);
        if (original < 256) {
            code.u1(InstructionCursor.LDC);
            code.u1(original);
        } else {
            code.u1(InstructionCursor.LDC_W);
            code.u2(original);
        }
        code.u1(POP);
        Moves.giveBack(code, 'L');
        String name = names.next("references", view.memberName(view.handleMember(original)) + "$ref");
        additions.method(name, type, true, Math.max(slots, 2), slots, code, new ByteSink(0));
        return additions.ownMethod(name, type);
    }

    private int opcodeOf(int kind, int member) {
        int opcode = kind < FIRST_KIND || kind - FIRST_KIND >= OPCODES.length ? 0 : OPCODES[kind - FIRST_KIND];
        if (opcode == 0) {
            throw Bytes.malformed(additions.view.constants[member], "a method reference of kind " + kind);
        }
        return opcode;
    }
}
