package dev.repoint.weaver.splice;

/// The instructions that move values between locals and the stack, and that return them (JVMS 6.5).
///
/// [Kinds] has the letters for kinds of values.
final class Moves {

    private static final int WIDE = 0xC4;
    private static final int ILOAD = 0x15;
    private static final int ILOAD_0 = 0x1A;
    private static final int ISTORE = 0x36;
    private static final int ISTORE_0 = 0x3B;
    private static final int CHECKCAST = 0xC0;
    private static final int IRETURN = 0xAC;
    private static final int RETURN = 0xB1;

    /// In the order of the instructions.
    private static final String KINDS = "IJFDL";

    private Moves() {}

    /// The kind of a type.
    ///
    /// @param descriptor a field descriptor, or `V`
    static char kindOf(String descriptor) {
        return kindOf(descriptor.charAt(0));
    }

    /// The kind of a type.
    ///
    /// @param first the first character of its descriptor
    static char kindOf(char first) {
        return switch (first) {
            case 'Z', 'B', 'C', 'S' -> 'I';
            case '[' -> 'L';
            default -> first;
        };
    }

    /// The number of slots of a value.
    static int slotsOf(char kind) {
        return kind == 'V' ? 0 : kind == 'J' || kind == 'D' ? 2 : 1;
    }

    static void load(ByteSink out, char kind, int slot) {
        move(out, ILOAD, ILOAD_0, kind, slot);
    }

    static void store(ByteSink out, char kind, int slot) {
        move(out, ISTORE, ISTORE_0, kind, slot);
    }

    /// Casts an Object to a result, if necessary.
    static void cast(ByteSink out, Constants constants, String result) {
        if (kindOf(result) == 'L' && !result.equals("Ljava/lang/Object;")) {
            out.u1(CHECKCAST);
            out.u2(constants.type(result.charAt(0) == '[' ? result : result.substring(1, result.length() - 1)));
        }
    }

    static void giveBack(ByteSink out, char kind) {
        out.u1(kind == 'V' ? RETURN : IRETURN + KINDS.indexOf(kind));
    }

    private static void move(ByteSink out, int opcode, int shortOpcode, char kind, int slot) {
        int number = KINDS.indexOf(kind);
        if (slot < 4) {
            out.u1(shortOpcode + 4 * number + slot);
        } else if (slot < 256) {
            out.u1(opcode + number);
            out.u1(slot);
        } else {
            out.u1(WIDE);
            out.u1(opcode + number);
            out.u2(slot);
        }
    }
}
