package dev.repoint.weaver.rules;

import dev.repoint.shape.Shape;

/// The lengths of woven code, in bytes.
public final class WovenLength {

    /// A prologue without the loads and the cast of the result: 5 + 1 + 3 + 3 + 5 + 1 + 1 bytes.
    private static final int PROLOGUE = 19;

    /// A call in place without the moves and the cast of the result: 5 + 1 + 3 + 3 + 5 + 3 + 1 bytes.
    private static final int CALL = 21;

    /// A read in place without the cast: 5 + 3 + 5 + 3 bytes.
    private static final int READ = 16;

    /// An assignment in place without the moves of the ticket: 1 + 5 + 5 bytes.
    private static final int ASSIGNMENT = 11;

    /// A report of an assignment by reflection without the moves of the value: three instructions and a call.
    private static final int REPORT = 6;

    /// The check of a receiver without its load: a call and a pop.
    private static final int REFUSAL = 4;

    private static final int CHECKCAST = 3;

    private WovenLength() {}

    /// A prologue before the code of a method.
    public static int ofPrologue(String descriptor, boolean isStatic) {
        return PROLOGUE + ofCast(descriptor) + ofMoves(descriptor, isStatic, 0);
    }

    /// The growth by a call that is patched in place.
    static int ofCall(String descriptor, boolean isStatic, int maxLocals) {
        int moves = 2 * ofMoves(descriptor, isStatic, maxLocals + 1) + 2 * ofMove(maxLocals);
        int refusal = isStatic ? 0 : ofMove(maxLocals + 1) + REFUSAL;
        return CALL + moves + refusal + ofCast(descriptor);
    }

    /// The growth by a read that is patched in place.
    static int ofRead(FieldRef read) {
        return READ + (read.isCast() ? CHECKCAST : 0);
    }

    /// The growth by an assignment that is patched in place.
    static int ofAssignment(int maxLocals) {
        return ASSIGNMENT + 2 * ofMove(maxLocals);
    }

    /// The growth by the report of an assignment by reflection in place.
    static int ofReport(int maxLocals) {
        return REPORT + 2 * ofMove(maxLocals);
    }

    private static int ofCast(String descriptor) {
        char result = descriptor.charAt(descriptor.lastIndexOf(')') + 1);
        boolean casts = result == 'L' || result == '[';
        return casts && !descriptor.endsWith(")Ljava/lang/Object;") ? CHECKCAST : 0;
    }

    /// The loads, or the stores, of arguments in consecutive local variables.
    private static int ofMoves(String descriptor, boolean isStatic, int firstSlot) {
        String shape = Shape.nameOf(descriptor, isStatic);
        int length = 0;
        int slot = firstSlot;
        for (int i = shape.indexOf('_') + 1; shape.charAt(i) != '_'; i++) {
            length += ofMove(slot);
            slot += shape.charAt(i) == 'J' || shape.charAt(i) == 'D' ? 2 : 1;
        }
        return length;
    }

    private static int ofMove(int slot) {
        return slot < 4 ? 1 : slot < 256 ? 2 : 4;
    }
}
