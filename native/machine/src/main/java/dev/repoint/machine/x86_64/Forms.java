package dev.repoint.machine.x86_64;

/// The bytes that sites and veneers are made of.
///
/// Each thing that does nothing has bytes of its own at the place that the relocation names, so that they show
/// what stood there. Each is one instruction: a thread is never between two halves of a site. Each means the
/// same after the prefixes that a call may have before its `e8` (`67`, `f2`, `66 48`), which stay where they
/// are.
final class Forms {

    static final int CALL = 0xe8;
    static final int JUMP = 0xe9;
    /// First byte of `jcc rel32`; the second is 80 + condition.
    static final int TWO_BYTE = 0x0f;
    static final int JCC = 0x80;
    /// First byte of `call *slot(%rip)` and `jmp *slot(%rip)`.
    static final int GROUP_5 = 0xff;
    static final int POINTER_CALL = 0x15;
    static final int POINTER_JUMP = 0x25;
    static final int ADDR32 = 0x67;
    static final int NOP = 0x90;
    static final int RET = 0xc3;
    static final int INT3 = 0xcc;

    /// The length of `call rel32` and `jmp rel32`.
    static final int BRANCH_LENGTH = 5;
    /// The length of `jcc rel32`, `call *slot(%rip)` and `jmp *slot(%rip)`.
    static final int LONG_LENGTH = 6;

    private static final byte[] CALL_NOTHING = bytes(0x0f, 0x1f, 0x44, 0x00, 0x00); // nopl 0(%rax,%rax,1)
    /// Not `xor %eax,%eax`: after the prefix 66 of a thread-local access that would clear 16 bits only.
    private static final byte[] CALL_ZERO = bytes(0x2e, 0x2e, 0x48, 0x31, 0xc0); // cs cs xor %rax,%rax
    private static final byte[] POINTER_CALL_NOTHING = bytes(0x66, 0x66, 0x0f, 0x1f, 0x40, 0x00); // data16 nopw 0(%rax)
    private static final byte[] POINTER_CALL_ZERO =
            bytes(0x2e, 0x2e, 0x2e, 0x2e, 0x31, 0xc0); // cs cs cs cs xor %eax,%eax
    private static final byte[] JUMP_NOTHING = bytes(RET, INT3, INT3, INT3, INT3); // ret; int3 ...
    private static final byte[] POINTER_JUMP_NOTHING = bytes(RET, INT3, INT3, INT3, INT3, INT3); // ret; int3 ...

    private Forms() {}

    static byte[] callNothing() {
        return CALL_NOTHING.clone();
    }

    static byte[] callZero() {
        return CALL_ZERO.clone();
    }

    static byte[] pointerCallNothing() {
        return POINTER_CALL_NOTHING.clone();
    }

    static byte[] pointerCallZero() {
        return POINTER_CALL_ZERO.clone();
    }

    static byte[] jumpNothing() {
        return JUMP_NOTHING.clone();
    }

    static byte[] pointerJumpNothing() {
        return POINTER_JUMP_NOTHING.clone();
    }

    static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
