package dev.repoint.machine.x86_64;

/// Opcodes that are instructions only with some values of ModRM.
final class Groups {

    /// For opcodes d8 to df: the values of `reg` that are instructions with an operand in memory, as bits.
    private static final int[] X87_MEMORY = {0xff, 0xfd, 0xff, 0xaf, 0xff, 0xdf, 0xff, 0xff};

    /// For opcodes d8 to df: the values of ModRM from c0 on that are instructions, as bits.
    private static final long[] X87_REGISTER = {
        0xffff_ffff_ffff_ffffL, // d8
        0xffff_7f33_0001_ffffL, // d9
        0x0000_0200_ffff_ffffL, // da
        0x00ff_ff1f_ffff_ffffL, // db
        0xffff_ffff_0000_ffffL, // dc
        0x0000_ffff_ffff_00ffL, // dd
        0xffff_ffff_0200_ffffL, // de
        0x00ff_ff01_0000_00ffL // df
    };

    private Groups() {}

    static boolean oneByte(int opcode, int modrm) {
        int reg = modrm >> 3 & 7;
        boolean memory = modrm < 0xc0;
        return switch (opcode) {
            case 0x8c -> reg <= 5; // mov segment,r
            case 0x8d -> memory; // lea
            case 0x8e -> reg <= 5 && reg != 1; // mov r,segment
            case 0x8f -> reg == 0; // pop
            case 0xfe -> reg <= 1; // inc, dec
            case 0xff -> reg != 7 && (memory || reg != 3 && reg != 5); // inc, dec, call, lcall, jmp, ljmp, push
            default ->
                memory // d8 to df
                        ? (X87_MEMORY[opcode - 0xd8] >> reg & 1) != 0
                        : (X87_REGISTER[opcode - 0xd8] >> modrm - 0xc0 & 1) != 0;
        };
    }

    /// @param prefix whether there is one of 66, f2, f3 and lock
    static boolean twoByte(int opcode, int modrm, boolean prefix) {
        int reg = modrm >> 3 & 7;
        boolean memory = modrm < 0xc0;
        return switch (opcode) {
            case 0x00 -> reg <= 5; // sldt, str, lldt, ltr, verr, verw
            case 0x01 -> memory || reg != 5 || prefix || modrm == 0xe8 || modrm >= 0xee; // sgdt and many more
            case 0x20, 0x21, 0x22, 0x23 -> !memory; // mov to and from control and debug registers
            case 0x50, 0xc5, 0xd7, 0xf7 -> !memory; // movmskps, pextrw, pmovmskb, maskmovq
            // prefetchw, movlps, movhps, movntps, lss, lfs, lgs, movnti, movntq, lddqu
            case 0x0d, 0x13, 0x17, 0x2b, 0xb2, 0xb4, 0xb5, 0xc3, 0xe7, 0xf0 -> memory;
            case 0x71, 0x72 -> !memory && (reg == 2 || reg == 4 || reg == 6); // shifts by $imm8
            // psrlq, psllq, and with 66 psrldq, pslldq $imm8
            case 0x73 -> !memory && (reg == 2 || reg == 6 || prefix && (reg == 3 || reg == 7));
            case 0x78, 0x79 -> true; // vmread, vmwrite
            case 0xa6 -> !memory && reg <= 2 && (modrm & 7) == 0; // montmul, xsha1, xsha256 of VIA
            case 0xa7 -> !memory && reg <= 5 && (modrm & 7) == 0; // xstore, xcrypt of VIA
            case 0xae -> memory || prefix || reg >= 5; // fxsave and many more; lfence, mfence, sfence
            case 0xba -> reg >= 4; // bt, bts, btr, btc $imm8
            case 0xc7 -> memory ? reg != 0 && reg != 2 : reg >= 6; // cmpxchg8b and many more; rdrand, rdseed
            default -> false;
        };
    }
}
