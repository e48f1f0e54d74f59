package dev.repoint.weaver.splice;

/// The instructions of the prologue for all methods of one descriptor, after their `invokedynamic`.
///
/// ```
/// dup; ifnull body
/// checkcast Shape
/// load arguments; invokeinterface Shape.call; [checkcast result]; return
/// body: pop
/// ```
///
/// @param tail the instructions
/// @param maxStack the maximum number of stack slots that they need
@SuppressWarnings("ArrayRecordComponent") // never compared
record PrologueForm(byte[] tail, int maxStack) {

    /// The length of an `invokedynamic`.
    static final int INVOKEDYNAMIC_LENGTH = 5;

    private static final int INVOKEDYNAMIC = 0xBA;
    private static final int NOP = 0x00;
    private static final int DUP = 0x59;
    private static final int POP = 0x57;
    private static final int IFNULL = 0xC6;
    private static final int CHECKCAST = 0xC0;
    private static final int INVOKESTATIC = 0xB8;
    private static final int INVOKEINTERFACE = 0xB9;

    /// The prologue of the methods of a descriptor.
    ///
    /// @param descriptor the constant of the descriptor
    /// @param mayBeNull whether the first argument is a receiver, and a call would refuse null
    static PrologueForm of(Additions additions, int descriptor, boolean isStatic, boolean mayBeNull) {
        Constants constants = additions.constants;
        Shapes.Constant shape = additions.shapes.of(additions.view.utf8(descriptor), isStatic);
        ByteSink out = new ByteSink(40);
        out.u1(DUP);
        out.u1(IFNULL);
        out.u2(0);
        if (mayBeNull) {
            refuseNull(out, constants);
        }
        out.u1(CHECKCAST);
        out.u2(shape.type());
        int slots = Moves.loadAll(out, shape.kinds());
        out.u1(INVOKEINTERFACE);
        out.u2(shape.call());
        out.u1(slots + 1);
        out.u1(0);
        if (shape.result() == 'L' && !additions.view.utf8(descriptor).endsWith(")Ljava/lang/Object;")) {
            out.u1(CHECKCAST);
            out.u2(constants.resultType(descriptor));
        }
        Moves.giveBack(out, shape.result());
        out.putU2(2, out.length() - 1); // from the ifnull, which is one byte behind the beginning
        out.u1(POP);
        return new PrologueForm(out.toByteArray(), Math.max(slots + 1, 2));
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

    /// Fails like a call with a null receiver: a target would run even then.
    private static void refuseNull(ByteSink out, Constants constants) {
        Moves.load(out, 'L', 0);
        out.u1(INVOKESTATIC);
        out.u2(constants.method(
                constants.type("java/util/Objects"),
                constants.nameAndType(
                        constants.utf8("requireNonNull"), constants.utf8("(Ljava/lang/Object;)Ljava/lang/Object;"))));
        out.u1(POP);
    }
}
