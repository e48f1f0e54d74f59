package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Veneers of linkers, and our own.
///
/// | made by | code | destination |
/// | --- | --- | --- |
/// | bfd, gold, lld, and we | `adrp x16, page; add x16, x16, #place; br x16` | page + place |
/// | lld, not position independent | `ldr x16, 8; br x16; .xword target` | the word |
/// | bfd, gold, far | `ldr x16, 16; adr x17, 0; add x16, x16, x17; br x16; .xword distance` | `adr` + the word |
/// | lld, near | `b target` | target |
/// | bfd, lld, before a target without landing pad | `bti c; b target` | target |
///
/// A function that only jumps on looks like a near one, and is as good as one.
///
/// Ours without a destination start with `bti jc`, because slots and pointers may hold them. No compiler starts
/// a function so, which distinguishes them from functions that do the same.
final class Veneers {

    private static final int LDR_X16_8 = 0x58000050; // ldr x16, .+8
    private static final int LDR_X16_16 = 0x58000090; // ldr x16, .+16
    private static final int ADR_X17 = 0x10000011; // adr x17, .
    private static final int ADD_X16_X16_X17 = 0x8b110210; // add x16, x16, x17
    private static final int X16 = 16;

    private Veneers() {}

    static byte[] of(Outcome outcome, long address) throws OutOfRange {
        return switch (outcome) {
            case Outcome.Nothing() -> words(Word.BTI_JC, Word.RET);
            case Outcome.Zero() -> words(Word.BTI_JC, Word.ZERO, Word.RET);
            case Outcome.To(long target) ->
                words(
                        Word.ADRP_X16 | pages(address, target),
                        Word.ADD_X16_X16 | (int) (target & 0xfff) << 10,
                        Word.BR_X16);
        };
    }

    /// `imm21 <- (page of target - page of address) >> 12, as int21`, as `adrp` has it: immlo in bits 29 and
    /// 30, immhi in 5 to 23.
    static int pages(long address, long target) throws OutOfRange {
        long pages = (target >> 12) - (address >> 12);
        if (pages < -(1 << 20) || pages >= 1 << 20) {
            throw OutOfRange.of(SiteKind.JUMP, address, target, "4 GiB");
        }
        return (int) pages >> 2 << 5 & 0x00ffffe0 | ((int) pages & 3) << 29;
    }

    static @Nullable Outcome outcome(Code code, long address) {
        if (!code.contains(address, 8) || code.s32(address) != Word.BTI_JC) {
            return null;
        }
        int second = code.s32(address + 4);
        if (second == Word.RET) {
            return new Outcome.Nothing();
        }
        boolean zero = second == Word.ZERO && code.contains(address, 12) && code.s32(address + 8) == Word.RET;
        return zero ? new Outcome.Zero() : null;
    }

    static @Nullable Long destination(Code code, long address) {
        if (!code.contains(address, 4)) {
            return null;
        }
        int first = code.s32(address);
        if (Word.isB(first)) {
            return Word.imm26(first, address);
        }
        if (!code.contains(address, 12)) {
            return first == Word.BTI_C ? jump(code, address + 4) : null;
        }
        int second = code.s32(address + 4);
        int third = code.s32(address + 8);
        if (first == Word.BTI_C) {
            return jump(code, address + 4);
        }
        if (first == LDR_X16_8 && second == Word.BR_X16 && code.contains(address, 16)) {
            return code.s64(address + 8);
        }
        if (first == LDR_X16_16
                && second == ADR_X17
                && third == ADD_X16_X16_X17
                && code.contains(address, 24)
                && code.s32(address + 12) == Word.BR_X16) {
            return address + 4 + code.s64(address + 16);
        }
        boolean page = Word.isAdrp(first)
                && Word.rd(first) == X16
                && Word.isAddImmediate(second)
                && Word.rd(second) == X16
                && Word.rn(second) == X16
                && third == Word.BR_X16;
        return page ? (Long) (Word.adrp(first, address) + Word.imm12(second)) : null;
    }

    private static @Nullable Long jump(Code code, long address) {
        if (!code.contains(address, 4)) {
            return null;
        }
        int word = code.s32(address);
        return Word.isB(word) ? (Long) Word.imm26(word, address) : null;
    }

    private static byte[] words(int... words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int word : words) {
            bytes.putInt(word);
        }
        return bytes.array();
    }
}
