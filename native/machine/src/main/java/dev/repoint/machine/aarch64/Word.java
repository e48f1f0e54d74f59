package dev.repoint.machine.aarch64;

/// The fields of an instruction word, and the few instructions that matter here (Arm ARM, C4.1 and C6.2).
final class Word {

    static final int NOP = 0xd503201f; // nop
    static final int RET = 0xd65f03c0; // ret
    static final int ZERO = 0xaa1f03e0; // mov x0, xzr
    static final int BTI_C = 0xd503245f; // bti c
    static final int BTI_JC = 0xd50324df; // bti jc
    static final int PACIASP = 0xd503233f; // paciasp
    static final int PACIBSP = 0xd503237f; // pacibsp
    static final int AUTIASP = 0xd50323bf; // autiasp
    static final int AUTIBSP = 0xd50323ff; // autibsp
    static final int UDF = 0x00000000; // udf #0
    static final int B = 0x14000000; // b .
    static final int BL = 0x94000000; // bl .
    static final int BR_X16 = 0xd61f0200; // br x16
    static final int ADRP_X16 = 0x90000010; // adrp x16, .
    static final int ADD_X16_X16 = 0x91000210; // add x16, x16, #0

    private Word() {}

    static boolean isB(int word) {
        return (word & 0xfc000000) == B;
    }

    static boolean isBl(int word) {
        return (word & 0xfc000000) == BL;
    }

    /// `b.cond`, `bc.cond`, `cbz` or `cbnz`: 19 bits of distance.
    static boolean isImm19Branch(int word) {
        return (word & 0xff000000) == 0x54000000 || (word & 0x7e000000) == 0x34000000;
    }

    /// `tbz` or `tbnz`: 14 bits of distance.
    static boolean isImm14Branch(int word) {
        return (word & 0x7e000000) == 0x36000000;
    }

    static boolean isAdr(int word) {
        return (word & 0x9f000000) == 0x10000000;
    }

    static boolean isAdrp(int word) {
        return (word & 0x9f000000) == 0x90000000;
    }

    /// `add xd, xn, #imm12`, not shifted.
    static boolean isAddImmediate(int word) {
        return (word & 0xffc00000) == 0x91000000;
    }

    /// `ldr xt, [xn, #imm12 * 8]`.
    static boolean isLoad64(int word) {
        return (word & 0xffc00000) == 0xf9400000;
    }

    /// `ldr xt, place`, within 1 MiB.
    static boolean isLoadLiteral64(int word) {
        return (word & 0xff000000) == 0x58000000;
    }

    /// `ldr`, `ldrsw` or `prfm` literal, of any register.
    static boolean isLiteral(int word) {
        return (word & 0x3b000000) == 0x18000000;
    }

    /// The destination of `b` or `bl`.
    static long imm26(int word, long address) {
        return address + ((long) (word << 6) >> 4);
    }

    /// The destination of `b.cond`, `cbz` or `cbnz`, or the place that `ldr` literal reads.
    static long imm19(int word, long address) {
        return address + ((word << 8) >> 11 & ~3);
    }

    /// The destination of `tbz` or `tbnz`.
    static long imm14(int word, long address) {
        return address + ((word << 13) >> 16 & ~3);
    }

    /// What `adr` gives.
    static long adr(int word, long address) {
        return address + imm21(word);
    }

    /// What `adrp` gives.
    static long adrp(int word, long address) {
        return (address & ~0xfffL) + ((long) imm21(word) << 12);
    }

    private static int imm21(int word) {
        return (word << 8) >> 11 & ~3 | word >>> 29 & 3;
    }

    static int imm12(int word) {
        return word >>> 10 & 0xfff;
    }

    /// The register in bits 0 to 4, in most instructions the destination.
    static int rd(int word) {
        return word & 0x1f;
    }

    /// The register in bits 5 to 9, in most instructions the first source.
    static int rn(int word) {
        return word >>> 5 & 0x1f;
    }
}
