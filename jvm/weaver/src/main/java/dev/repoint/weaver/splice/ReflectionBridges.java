package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.InstructionCursor;
import java.util.HashMap;
import java.util.Map;

/// The bridges for assignments by reflection. They report the field to the runtime, so its readers get the new value.
///
/// ```
/// load field, object, value; invokevirtual Field.set as it was
/// load field; invokestatic of the report; return
/// ```
///
/// `Field.set` checks its caller. The bridge belongs to the same class.
final class ReflectionBridges {

    private static final String FIELD = "Ljava/lang/reflect/Field;";

    private final Additions additions;
    private final BridgeNames names;
    private final Map<Integer, Integer> bridges = new HashMap<>();

    ReflectionBridges(Additions additions, BridgeNames names) {
        this.additions = additions;
        this.names = names;
    }

    /// The constant of the bridge for a call.
    ///
    /// @param method the constant of the called method
    int of(int method, UseOrder.Reflect order) {
        Integer known = bridges.get(method);
        if (known == null) {
            known = write(method, order);
            bridges.put(method, known);
        }
        return known;
    }

    private int write(int method, UseOrder.Reflect order) {
        String type = additions.view.memberType(method);
        ByteSink code = new ByteSink(16);
        int slots = additions
                .kinds
                .read(additions.view, additions.view.memberTypeIndex(method), false)
                .load(code);
        code.u1(InstructionCursor.INVOKEVIRTUAL);
        code.u2(method);
        Moves.load(code, 'L', 0);
        code.u1(InstructionCursor.INVOKESTATIC);
        code.u2(additions.staticMethod(order.owner(), order.name(), order.type()));
        Moves.giveBack(code, 'V');
        String name = names.next("assignments", additions.view.memberName(method) + "$");
        String descriptor = "(" + FIELD + type.substring(1);
        additions.method(name, descriptor, true, slots, slots, code, new ByteSink(0));
        return additions.ownMethod(name, descriptor);
    }
}
