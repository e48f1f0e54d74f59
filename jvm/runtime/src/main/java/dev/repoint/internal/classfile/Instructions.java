package dev.repoint.internal.classfile;

/// Walks over the instructions of code (JVMS 6.5).
///
/// ```
/// while (instructions.next()) {
///     if (instructions.opcode() == ...) { ... }
/// }
/// ```
final class Instructions {

    static final int INVOKEDYNAMIC = 0xba;

    private static final int TABLESWITCH = 0xaa;
    private static final int LOOKUPSWITCH = 0xab;
    private static final int WIDE = 0xc4;
    private static final int IINC = 0x84;

    /// The operands of a switch are aligned to a multiple of this.
    static final int ALIGNMENT = 4;

    /// The length of the instruction of each opcode up to `jsr_w`: one digit each, 0 for longer or invalid ones.
    private static final String LENGTHS = "1".repeat(16)
            + "23" // bipush, sipush
            + "233" // ldc, ldc_w, ldc2_w
            + "2".repeat(5) // loads
            + "1".repeat(28)
            + "2".repeat(5) // stores
            + "1".repeat(73)
            + "3" // iinc
            + "1".repeat(20)
            + "3".repeat(16) // branches, jsr
            + "2" // ret
            + "00" // switches
            + "1".repeat(6) // returns
            + "3".repeat(7) // fields and calls
            + "55" // invokeinterface, invokedynamic
            + "323" // new, newarray, anewarray
            + "11" // arraylength, athrow
            + "33" // checkcast, instanceof
            + "11" // monitors
            + "04" // wide, multianewarray
            + "3355"; // ifnull, ifnonnull, goto_w, jsr_w

    private final ClassBytes file;
    private final int start;
    private final int end;
    private int at;
    private int next;

    /// @param start the offset of the code
    /// @param first the offset of the first instruction that is wanted
    /// @param end the end of the code
    Instructions(ClassBytes file, int start, int first, int end) {
        this.file = file;
        this.start = start;
        this.end = end;
        this.next = first;
    }

    /// Moves to the next instruction.
    ///
    /// @return false at the end of the code
    boolean next() {
        if (next == end) {
            return false;
        }
        at = next;
        int opcode = file.u1(at);
        int length = opcode < LENGTHS.length() ? LENGTHS.charAt(opcode) - '0' : 0;
        next = at + (length == 0 ? lengthOfLong(opcode) : length);
        if (next <= at || next > end) {
            throw ClassBytes.malformed(at);
        }
        return true;
    }

    /// The offset of the instruction in the class file.
    int at() {
        return at;
    }

    int opcode() {
        return file.u1(at);
    }

    boolean isSwitch() {
        return (opcode() & 0xfe) == TABLESWITCH;
    }

    /// The index of its constant, for instructions with one of two bytes.
    int constant() {
        return file.u2(at + 1);
    }

    private int lengthOfLong(int opcode) {
        if (opcode == WIDE) {
            return file.u1(at + 1) == IINC ? 6 : 4;
        }
        int operands = at + ALIGNMENT - (at - start) % ALIGNMENT;
        long entries = switch (opcode) {
            case TABLESWITCH -> 12 + 4 * ((long) file.u4(operands + 8) - file.u4(operands + 4) + 1);
            case LOOKUPSWITCH -> 8 + 8 * (long) file.u4(operands + 4);
            default -> throw ClassBytes.malformed(at);
        };
        if (entries < 8 || entries > end - operands) {
            throw ClassBytes.malformed(at);
        }
        return operands - at + (int) entries;
    }
}
