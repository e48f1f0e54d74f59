package dev.repoint.weaver.splice;

/// The instructions of the prologue for all methods of one descriptor, after their `invokedynamic`.
///
/// ```
/// dup; ifnull body
/// [aload_0; invokestatic Objects.requireNonNull; pop]
/// checkcast Shape
/// load arguments; invokeinterface Shape.call; [checkcast result]; return
/// body: pop
/// ```
///
/// @param tails contains the instructions
/// @param start their offset in there
/// @param size their length
/// @param maxStack the maximum number of stack slots that they need
record PrologueForm(ByteSink tails, int start, int size, int maxStack) {

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
        Kinds kinds = additions.kinds.read(additions.view, descriptor, isStatic);
        Shapes.Constant shape = additions.shapes.of(kinds);
        ByteSink out = additions.tails;
        int start = out.length();
        out.u1(DUP);
        out.u1u2(IFNULL, 0);
        if (mayBeNull) {
            refuseNull(out, additions);
        }
        out.u1u2(CHECKCAST, shape.type());
        int slots = kinds.load(out);
        out.u1u2u2(INVOKEINTERFACE, shape.call(), slots + 1 << 8);
        int result = kinds.result() == 'L' ? additions.constants.resultType(descriptor) : 0;
        if (result != 0) {
            out.u1u2(CHECKCAST, result);
        }
        Moves.giveBack(out, kinds.result());
        out.putU2(start + 2, out.length() - start - 1); // from the ifnull, which is one byte behind the beginning
        out.u1(POP);
        return new PrologueForm(out, start, out.length() - start, Math.max(slots + 1, 2));
    }

    /// The length of a prologue.
    int length(int alignment) {
        int plain = INVOKEDYNAMIC_LENGTH + size;
        return alignment == 1 ? plain : (plain + alignment - 1) / alignment * alignment;
    }

    /// Writes a prologue. The `nop`s follow the `invokedynamic`, because woven code is recognised by this
    /// instruction.
    void write(ByteSink out, int invokeDynamic, int alignment) {
        out.u1u2u2(INVOKEDYNAMIC, invokeDynamic, 0);
        for (int i = INVOKEDYNAMIC_LENGTH + size; i < length(alignment); i++) {
            out.u1(NOP);
        }
        out.copy(tails.array(), start, start + size);
    }

    /// Fails like a call with a null receiver: a target would run even then.
    private static void refuseNull(ByteSink out, Additions additions) {
        Moves.load(out, 'L', 0);
        out.u1(INVOKESTATIC);
        out.u2(additions.staticMethod("java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;"));
        out.u1(POP);
    }
}
