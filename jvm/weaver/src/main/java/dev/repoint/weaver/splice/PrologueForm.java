package dev.repoint.weaver.splice;

import dev.repoint.shape.Shape;

/// The instructions of the prologue for all methods of one descriptor, after their `invokedynamic`.
///
/// ```
/// dup; ifnull body
/// checkcast Shape
/// load arguments; invokeinterface Shape.call; [checkcast result]; return
/// body: pop
/// ```
///
/// @param string the constant of the descriptor, an argument of the `invokedynamic`
/// @param tail the instructions
/// @param maxStack the maximum number of stack slots that they need
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrologueForm(int string, byte[] tail, int maxStack) {

    /// The length of an `invokedynamic`.
    static final int INVOKEDYNAMIC_LENGTH = 5;

    private static final int INVOKEDYNAMIC = 0xBA;
    private static final int NOP = 0x00;
    private static final int DUP = 0x59;
    private static final int POP = 0x57;
    private static final int IFNULL = 0xC6;
    private static final int CHECKCAST = 0xC0;
    private static final int INVOKEINTERFACE = 0xB9;
    private static final int WIDE = 0xC4;
    private static final int ILOAD = 0x15;
    private static final int ILOAD_0 = 0x1A;
    private static final int IRETURN = 0xAC;
    private static final int RETURN = 0xB1;

    /// The kinds of values, as the names of shapes have them, in the order of the instructions that load and return them.
    private static final String KINDS = "IJFDL";

    static PrologueForm of(Constants constants, int descriptorIndex, String descriptor, boolean isStatic) {
        String shape = Shape.nameOf(descriptor, isStatic);
        int shapeType = constants.type(shape);
        int call = constants.interfaceMethod(
                shapeType,
                constants.nameAndType(
                        constants.utf8(Shape.METHOD), constants.utf8(Shape.callDescriptor(descriptor, isStatic))));
        ByteSink out = new ByteSink(40);
        out.u1(DUP);
        out.u1(IFNULL);
        out.u2(0);
        out.u1(CHECKCAST);
        out.u2(shapeType);
        int result = shape.lastIndexOf('_') + 1;
        int slots = writeLoads(out, shape.substring(shape.indexOf('_') + 1, result - 1));
        out.u1(INVOKEINTERFACE);
        out.u2(call);
        out.u1(slots + 1);
        out.u1(0);
        writeReturn(out, constants, shape.charAt(result), descriptor.substring(descriptor.lastIndexOf(')') + 1));
        out.putU2(2, out.length() - 1); // from the ifnull, which is one byte behind the beginning
        out.u1(POP);
        return new PrologueForm(constants.string(descriptorIndex), out.toByteArray(), Math.max(slots + 1, 2));
    }

    /// The length of a prologue.
    int length(int alignment) {
        int plain = INVOKEDYNAMIC_LENGTH + tail.length;
        return (plain + alignment - 1) / alignment * alignment;
    }

    /// Writes a prologue. The `nop`s follow the `invokedynamic`, because woven code is recognised by this
    /// instruction.
    void write(ByteSink out, int invokeDynamic, int alignment) {
        out.u1(INVOKEDYNAMIC);
        out.u2(invokeDynamic);
        out.u2(0);
        for (int i = INVOKEDYNAMIC_LENGTH + tail.length; i < length(alignment); i++) {
            out.u1(NOP);
        }
        out.copy(tail, 0, tail.length);
    }

    /// Loads the arguments of a method in their order.
    ///
    /// @return the number of slots that they take
    private static int writeLoads(ByteSink out, String kinds) {
        int slot = 0;
        for (int i = 0; i < kinds.length(); i++) {
            char kind = kinds.charAt(i);
            writeLoad(out, kind, slot);
            slot += kind == 'J' || kind == 'D' ? 2 : 1;
        }
        return slot;
    }

    private static void writeLoad(ByteSink out, char kind, int slot) {
        int number = KINDS.indexOf(kind);
        if (slot < 4) {
            out.u1(ILOAD_0 + 4 * number + slot);
        } else if (slot < 256) {
            out.u1(ILOAD + number);
            out.u1(slot);
        } else {
            out.u1(WIDE);
            out.u1(ILOAD + number);
            out.u2(slot);
        }
    }

    private static void writeReturn(ByteSink out, Constants constants, char kind, String result) {
        if (kind == 'V') {
            out.u1(RETURN);
            return;
        }
        if (kind == 'L' && !result.equals("Ljava/lang/Object;")) {
            out.u1(CHECKCAST);
            out.u2(constants.type(result.charAt(0) == '[' ? result : result.substring(1, result.length() - 1)));
        }
        out.u1(IRETURN + KINDS.indexOf(kind));
    }
}
