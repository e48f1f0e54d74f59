package dev.repoint.weaver.splice;

/// The lengths of instructions (JVMS 6.5).
final class Instructions {

    /// The alignment of the operands of a switch, in bytes.
    static final int ALIGNMENT = 4;

    private static final int TABLESWITCH = 0xAA;
    private static final int LOOKUPSWITCH = 0xAB;
    private static final int WIDE = 0xC4;

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

    private static final byte[] LENGTH = new byte[256];

    static {
        for (int i = 0; i < LENGTHS.length(); i++) {
            LENGTH[i] = (byte) (LENGTHS.charAt(i) - '0');
        }
    }

    private Instructions() {}

    /// Whether code contains a switch. Most code contains no byte with the value of a switch opcode.
    static boolean hasSwitch(byte[] bytes, int start, int length) {
        for (int at = start; at < start + length; at++) {
            if ((bytes[at] & 0xfe) == TABLESWITCH) {
                return findSwitch(bytes, start, start + length);
            }
        }
        return false;
    }

    /// Visits the instructions of code in their order.
    static void forEach(byte[] bytes, int start, int length, InstructionVisitor visitor) {
        int end = start + length;
        int at = start;
        while (at < end) {
            int opcode = bytes[at] & 0xff;
            int size = lengthOf(bytes, start, at, end);
            if (size > end - at) {
                throw Bytes.malformed(at, "an instruction of " + size + " bytes at the end of the code");
            }
            visitor.visit(opcode, at, size);
            at += size;
        }
    }

    private static int lengthOf(byte[] bytes, int start, int at, int end) {
        int opcode = bytes[at] & 0xff;
        if (opcode == WIDE) {
            return lengthOfWide(bytes, at);
        }
        if (opcode != TABLESWITCH && opcode != LOOKUPSWITCH) {
            return fixedLength(bytes, at);
        }
        int operands = at + ALIGNMENT - (at - start) % ALIGNMENT;
        long size = opcode == TABLESWITCH
                ? 12 + 4 * ((long) Bytes.s4(bytes, operands + 8) - Bytes.s4(bytes, operands + 4) + 1)
                : 8 + 8L * Bytes.s4(bytes, operands + 4);
        if (size < 8 || size > end - operands) {
            throw Bytes.malformed(at, "a switch of " + size + " bytes");
        }
        return operands - at + (int) size;
    }

    private static boolean findSwitch(byte[] bytes, int start, int end) {
        int at = start;
        while (at < end) {
            int opcode = bytes[at] & 0xff;
            if (opcode == TABLESWITCH || opcode == LOOKUPSWITCH) {
                return true;
            }
            at += opcode == WIDE ? lengthOfWide(bytes, at) : fixedLength(bytes, at);
        }
        return false;
    }

    private static int fixedLength(byte[] bytes, int at) {
        int length = LENGTH[bytes[at] & 0xff];
        if (length == 0) {
            throw Bytes.malformed(at, "opcode " + (bytes[at] & 0xff));
        }
        return length;
    }

    private static int lengthOfWide(byte[] bytes, int at) {
        return (bytes[at + 1] & 0xff) == 0x84 ? 6 : 4; // iinc has two operands
    }
}
