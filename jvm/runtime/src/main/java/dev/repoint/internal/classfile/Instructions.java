package dev.repoint.internal.classfile;

/// The lengths of instructions (JVMS 6.5).
public final class Instructions {

    /// The alignment of the operands of a switch, in bytes.
    public static final int ALIGNMENT = 4;

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
    public static boolean hasSwitch(byte[] bytes, int start, int length) {
        for (int at = start; at < start + length; at++) {
            if ((bytes[at] & 0xfe) == TABLESWITCH) {
                return findSwitch(bytes, start, start + length);
            }
        }
        return false;
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

    /// The end of an instruction.
    ///
    /// @param at its offset
    /// @param start the offset of the code
    /// @param end the end of the code
    public static int endOf(byte[] bytes, int at, int start, int end) {
        int opcode = bytes[at] & 0xff;
        int length = LENGTH[opcode];
        if (length == 0) {
            length = switch (opcode) {
                case WIDE -> at + 1 < end ? lengthOfWide(bytes, at) : 2;
                case TABLESWITCH, LOOKUPSWITCH -> lengthOfSwitch(bytes, at, start, end);
                default -> throw Bytes.malformed(at, "opcode " + opcode);
            };
        }
        if (length > end - at) {
            throw Bytes.malformed(at, "an instruction that ends after its code");
        }
        return at + length;
    }

    /// The length of a switch: its operands are aligned to the start of the code.
    private static int lengthOfSwitch(byte[] bytes, int at, int start, int end) {
        int operands = at + ALIGNMENT - (at - start) % ALIGNMENT;
        boolean isTable = (bytes[at] & 0xff) == TABLESWITCH;
        if (operands + (isTable ? 12 : 8) > end) {
            throw Bytes.malformed(at, "a switch that ends after its code");
        }
        long low = Bytes.s4(bytes, operands + 4);
        long length = isTable ? 12 + 4 * (Bytes.s4(bytes, operands + 8) - low + 1) : 8 + 8 * low;
        if (length < 8 || length > end - operands) {
            throw Bytes.malformed(at, "a switch that ends after its code");
        }
        return operands - at + (int) length;
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
