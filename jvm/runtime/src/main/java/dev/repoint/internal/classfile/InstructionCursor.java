package dev.repoint.internal.classfile;

/// Walks over the instructions of one method (JVMS 6.5).
///
/// ```
/// while (cursor.next()) {
///     if (cursor.opcode() == ...) { ... }
/// }
/// ```
public final class InstructionCursor {

    public static final int GETSTATIC = 0xB2;
    public static final int PUTSTATIC = 0xB3;
    public static final int GETFIELD = 0xB4;
    public static final int PUTFIELD = 0xB5;
    public static final int INVOKEVIRTUAL = 0xB6;
    public static final int INVOKESPECIAL = 0xB7;
    public static final int INVOKESTATIC = 0xB8;
    public static final int INVOKEINTERFACE = 0xB9;
    public static final int INVOKEDYNAMIC = 0xBA;
    public static final int NEW = 0xBB;
    public static final int ATHROW = 0xBF;
    public static final int NOP = 0x00;
    public static final int ICONST_0 = 0x03;
    public static final int LDC = 0x12;
    public static final int LDC_W = 0x13;
    public static final int LDC2_W = 0x14;

    private static final int ILOAD = 0x15;
    private static final int ILOAD_0 = 0x1A;
    private static final int IALOAD = 0x2E;
    private static final int ISTORE = 0x36;
    private static final int ISTORE_0 = 0x3B;
    private static final int ISTORE_3 = 0x3E;
    private static final int IASTORE = 0x4F;
    private static final int POP = 0x57;
    private static final int DUP = 0x59;
    private static final int IFEQ = 0x99;
    private static final int JSR = 0xA8;
    private static final int TABLESWITCH = 0xAA;
    private static final int IRETURN = 0xAC;
    private static final int RETURN = 0xB1;
    private static final int IFNULL = 0xC6;
    private static final int IFNONNULL = 0xC7;
    private static final int GOTO_W = 0xC8;
    private static final int JSR_W = 0xC9;
    private static final int WIDE = 0xC4;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int next;

    /// @param bytes the class file
    /// @param start the offset of the code
    /// @param first the offset of the first instruction that is wanted
    /// @param end the end of the code
    public InstructionCursor(byte[] bytes, int start, int first, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        this.next = first;
    }

    /// Moves to the next instruction.
    ///
    /// @return false at the end of the code
    public boolean next() {
        if (next == end) {
            return false;
        }
        at = next;
        next = Instructions.endOf(bytes, at, start, end);
        return true;
    }

    public int opcode() {
        return bytes[at] & 0xff;
    }

    /// The offset of the instruction in the class file.
    int at() {
        return at;
    }

    /// Whether it is one of the two switches.
    boolean isSwitch() {
        return (opcode() & 0xfe) == TABLESWITCH;
    }

    /// The offset of the instruction in its code.
    public int bci() {
        return at - start;
    }

    /// The index of its constant. It must have one.
    public int constant() {
        return opcode() == LDC ? Bytes.u1(bytes, at + 1) : Bytes.u2(bytes, at + 1);
    }

    /// Whether it puts the value of a local variable on the stack.
    public boolean isLoad() {
        return isAmong(ILOAD, IALOAD);
    }

    /// Whether it puts a value of the stack into a local variable.
    public boolean isStore() {
        return isAmong(ISTORE, IASTORE);
    }

    /// Whether it returns from the method.
    public boolean isReturn() {
        return opcode() >= IRETURN && opcode() <= RETURN;
    }

    /// The number of the variable that it loads or stores.
    public int variable() {
        int opcode = opcode();
        if (opcode == WIDE) {
            return Bytes.u2(bytes, at + 2);
        }
        int first = opcode < ISTORE ? ILOAD_0 : ISTORE_0;
        return opcode < first ? Bytes.u1(bytes, at + 1) : (opcode - first) % 4;
    }

    /// The offset in its code to which it branches, or -1 if it is no branch. A switch is none here.
    public int target() {
        int opcode = opcode();
        if (opcode >= IFEQ && opcode <= JSR || opcode == IFNULL || opcode == IFNONNULL) {
            return bci() + (short) Bytes.u2(bytes, at + 1);
        }
        return opcode == GOTO_W || opcode == JSR_W ? bci() + Bytes.s4(bytes, at + 1) : -1;
    }

    /// The constant of an `invokestatic` that follows, or 0.
    public int followingStaticCall() {
        return next + 3 <= end && Bytes.u1(bytes, next) == INVOKESTATIC ? Bytes.u2(bytes, next + 1) : 0;
    }

    /// Whether `dup; ifnull` follows.
    public boolean isBeforeNullCheck() {
        return next + 4 <= end && Bytes.u1(bytes, next) == DUP && Bytes.u1(bytes, next + 1) == IFNULL;
    }

    /// Whether `ifeq` follows.
    public boolean isBeforeIfeq() {
        return next + 3 <= end && Bytes.u1(bytes, next) == IFEQ;
    }

    /// Moves behind the `pop` at the target of a null check that follows, and behind the instruction after it.
    public void skipToDefault() {
        jump(next + 1);
        if (next < end && Bytes.u1(bytes, next) == POP) {
            next++;
            skip();
        }
    }

    /// Moves behind the instruction at the target of an `ifeq` that follows.
    public void skipToPlain() {
        jump(next);
        skip();
    }

    /// Moves behind an `istore` that follows, and behind the instruction after it.
    public void skipStored() {
        if (next < end) {
            int opcode = Bytes.u1(bytes, next);
            boolean wide = opcode == WIDE && next + 1 < end && Bytes.u1(bytes, next + 1) == ISTORE;
            if (wide || opcode == ISTORE || opcode >= ISTORE_0 && opcode <= ISTORE_3) {
                skip();
                skip();
            }
        }
    }

    private boolean isAmong(int first, int behind) {
        int opcode = opcode() == WIDE ? Bytes.u1(bytes, at + 1) : opcode();
        return opcode >= first && opcode < behind;
    }

    private void skip() {
        if (next < end) {
            next = Instructions.endOf(bytes, next, start, end);
        }
    }

    /// Only forward: a damaged class file may jump anywhere.
    private void jump(int branch) {
        int target = branch + (short) Bytes.u2(bytes, branch + 1);
        if (target > branch && target < end) {
            next = target;
        }
    }
}
