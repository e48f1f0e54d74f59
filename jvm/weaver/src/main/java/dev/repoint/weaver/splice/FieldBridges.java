package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.InstructionCursor;
import java.util.HashMap;
import java.util.Map;

/// The bridges for uses of static fields. Each field constant gets one for reads and one for assignments.
///
/// ```
/// invokedynamic readable()Z; ifeq plain         load value; invokedynamic enter(T)I; istore ticket
/// invokedynamic value()T; [checkcast]; return   load value; putstatic as it was
/// plain: getstatic as it was; return            iload ticket; invokedynamic leave(I)V; return
/// ```
final class FieldBridges {

    private static final int IFEQ = 0x99;

    private final Additions additions;
    private final BridgeNames names;
    private final Map<Integer, Integer> reads = new HashMap<>();
    private final Map<Integer, Integer> assignments = new HashMap<>();

    FieldBridges(Additions additions, BridgeNames names) {
        this.additions = additions;
        this.names = names;
    }

    /// The constant of the bridge for a `getstatic`.
    ///
    /// @param field the constant of the field
    int of(int field, UseOrder.Read order) {
        Integer known = reads.get(field);
        if (known == null) {
            known = write(field, order);
            reads.put(field, known);
        }
        return known;
    }

    /// The constant of the bridge for a `putstatic`.
    ///
    /// @param field the constant of the field
    int of(int field, UseOrder.Assign order) {
        Integer known = assignments.get(field);
        if (known == null) {
            known = write(field, order);
            assignments.put(field, known);
        }
        return known;
    }

    private int write(int field, UseOrder.Read order) {
        String type = additions.view.memberType(field);
        char kind = Moves.kindOf(type);
        ByteSink code = new ByteSink(24);
        additions.write(code, order.readable());
        int branch = code.length();
        code.u1(IFEQ);
        code.u2(0);
        additions.write(code, order.value());
        Moves.cast(code, additions.constants, type);
        Moves.giveBack(code, kind);
        int plain = code.length();
        code.putU2(branch + 1, plain - branch);
        code.u1(InstructionCursor.GETSTATIC);
        code.u2(field);
        Moves.giveBack(code, kind);
        ByteSink frames = new ByteSink(16);
        frames.u2(1);
        frames.u1(plain); // a frame without changes, at most 63 bytes from the start
        String name = names.next("fields", additions.view.memberName(field) + "$get");
        String descriptor = "()" + type;
        additions.method(name, descriptor, true, Moves.slotsOf(kind), 0, code, frames);
        return additions.ownMethod(name, descriptor);
    }

    private int write(int field, UseOrder.Assign order) {
        String type = additions.view.memberType(field);
        char kind = Moves.kindOf(type);
        int ticket = Moves.slotsOf(kind);
        ByteSink code = new ByteSink(32);
        Moves.load(code, kind, 0);
        additions.write(code, order.enter());
        Moves.store(code, 'I', ticket);
        Moves.load(code, kind, 0);
        code.u1(InstructionCursor.PUTSTATIC);
        code.u2(field);
        Moves.load(code, 'I', ticket);
        additions.write(code, order.leave());
        Moves.giveBack(code, 'V');
        String name = names.next("fields", additions.view.memberName(field) + "$put");
        String descriptor = "(" + type + ")V";
        additions.method(name, descriptor, true, ticket, ticket + 1, code, new ByteSink(0));
        return additions.ownMethod(name, descriptor);
    }
}
