package dev.repoint.machine.trap.x86_64;

import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.Emulation.Kind;
import org.jspecify.annotations.Nullable;

/// Reads what the bytes of a site do.
public final class SiteEmulation {

    private static final long NOP_5 = 0x00_00_44_1f_0fL; // 0f 1f 44 00 00: nopl 0(%rax,%rax,1)
    private static final long NOP_6 = 0x00_40_1f_0f_66_66L; // 66 66 0f 1f 40 00: data16 nopw 0(%rax)
    private static final long NOP_6_SHORT = 0x00_00_44_1f_0f_66L; // 66 0f 1f 44 00 00: nopw 0(%rax,%rax,1)
    private static final long ZERO_5 = 0xc0_31_48_2e_2eL; // 2e 2e 48 31 c0: cs cs xor %rax,%rax
    private static final long ZERO_6 = 0xc0_31_2e_2e_2e_2eL; // 2e 2e 2e 2e 31 c0: cs cs cs cs xor %eax,%eax
    private static final long RET_5 = 0xcc_cc_cc_cc_c3L; // c3 cc cc cc cc: ret; int3 ...
    private static final long RET_6 = 0xcc_cc_cc_cc_cc_c3L; // c3 cc cc cc cc cc: ret; int3 ...
    private static final long NOP = 0x90;

    private SiteEmulation() {}

    /// What the bytes of a site do: any of the forms that sites have and get, and the nop of 5 bytes at an
    /// entry.
    ///
    /// The bytes must be one instruction, or one that is never passed and padding behind it: a thread that
    /// stands between two instructions of a site would go on in the middle of the new one.
    ///
    /// @param bytes   the first one lowest
    /// @param length  how many of them count, 5 or 6
    /// @param address of the first one
    /// @return null if they are nothing that is emulated
    public static @Nullable Emulation of(long bytes, int length, long address) {
        int first = (int) bytes & 0xff;
        int second = (int) (bytes >>> 8) & 0xff;
        if (length == 5) {
            long word = bytes & 0xff_ff_ff_ff_ffL;
            return switch (first) {
                case 0xe8 -> new Emulation(Kind.CALL, 0, address + 5 + (int) (bytes >>> 8)); // call rel32
                case 0xe9 -> Emulation.jump(address + 5 + (int) (bytes >>> 8)); // jmp rel32
                case 0x0f -> word == NOP_5 ? Emulation.still(Kind.NOTHING) : null;
                case 0x2e -> word == ZERO_5 ? Emulation.still(Kind.ZERO) : null;
                case 0xc3 -> word == RET_5 ? Emulation.still(Kind.RETURN) : null;
                default -> null;
            };
        }
        if (length != 6) {
            return null;
        }
        long operand = address + 6 + (int) (bytes >>> 16);
        long word = bytes & 0xff_ff_ff_ff_ff_ffL;
        return switch (first) {
            case 0x67 -> second == 0xe8 ? new Emulation(Kind.CALL, 0, operand) : null; // addr32 call rel32
            case 0xe9 ->
                word >>> 40 == NOP ? Emulation.jump(address + 5 + (int) (bytes >>> 8)) : null; // jmp rel32; nop
            case 0x0f ->
                (second & 0xf0) == 0x80
                        ? new Emulation(Kind.CONDITIONAL_JUMP, second & 0xf, operand) // jcc rel32
                        : null;
            case 0xff ->
                switch (second) {
                    case 0x15 -> new Emulation(Kind.POINTER_CALL, 0, operand); // call *disp32(%rip)
                    case 0x25 -> new Emulation(Kind.POINTER_JUMP, 0, operand); // jmp *disp32(%rip)
                    default -> null;
                };
            case 0x66 -> word == NOP_6 || word == NOP_6_SHORT ? Emulation.still(Kind.NOTHING) : null;
            case 0x2e -> word == ZERO_6 ? Emulation.still(Kind.ZERO) : null;
            case 0xc3 -> word == RET_6 ? Emulation.still(Kind.RETURN) : null;
            default -> null;
        };
    }
}
