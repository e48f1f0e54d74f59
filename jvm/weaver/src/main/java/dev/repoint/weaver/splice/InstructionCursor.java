package dev.repoint.weaver.splice;

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
    public static final int INVOKEVIRTUAL = 0xB6;
    public static final int INVOKESPECIAL = 0xB7;
    public static final int INVOKESTATIC = 0xB8;
    public static final int INVOKEINTERFACE = 0xB9;
    public static final int INVOKEDYNAMIC = 0xBA;
    public static final int LDC = 0x12;
    public static final int LDC_W = 0x13;
    public static final int LDC2_W = 0x14;

    private static final int ISTORE = 0x36;
    private static final int ISTORE_0 = 0x3B;
    private static final int ISTORE_3 = 0x3E;
    private static final int POP = 0x57;
    private static final int DUP = 0x59;
    private static final int IFEQ = 0x99;
    private static final int IFNULL = 0xC6;
    private static final int WIDE = 0xC4;

    private final byte[] bytes;
    private final int start;
    private final int end;
    private int at;
    private int next;

    InstructionCursor(byte[] bytes, CodeView code) {
        this.bytes = bytes;
        this.start = code.start;
        this.end = code.start + code.length;
        this.next = start;
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

    /// The offset of the instruction in its code.
    public int bci() {
        return at - start;
    }

    /// The index of its constant. It must have one.
    public int constant() {
        return opcode() == LDC ? Bytes.u1(bytes, at + 1) : Bytes.u2(bytes, at + 1);
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
