package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Code;
import org.jspecify.annotations.Nullable;

/// Recognises entries of procedure linkage tables: those of bfd, gold and lld load `x17` through `x16`.
///
/// ```
/// [bti c]                         with BTI
/// adrp x16, page of the slot
/// ldr  x17, [x16, #place]
/// add  x16, x16, #place
/// [autia1716]                     with PAC
/// br   x17
/// ```
final class PltEntries {

    private static final int LDR_X17_X16 = 0xf9400211; // ldr x17, [x16, #0]
    private static final int IMM12 = 0xfff << 10;
    private static final int X17 = 17;

    private PltEntries() {}

    static @Nullable Long slot(Code code, long address) {
        long at = code.contains(address, 4) && code.s32(address) == Word.BTI_C ? address + 4 : address;
        if (!code.contains(at, 16)) {
            return null;
        }
        int adrp = code.s32(at);
        int load = code.s32(at + 4);
        boolean entry = Word.isAdrp(adrp)
                && Word.rd(adrp) == Word.rd(Word.ADRP_X16)
                && (load & ~IMM12) == LDR_X17_X16
                && (code.s32(at + 8) & ~IMM12) == Word.ADD_X16_X16
                && jumpsToX17(code, at + 12);
        return entry ? (Long) (Word.adrp(adrp, at) + 8L * Word.imm12(load)) : null;
    }

    private static boolean jumpsToX17(Code code, long address) {
        int authenticate = 0xd503219f; // autia1716
        long at = code.s32(address) == authenticate ? address + 4 : address;
        int branch = 0xd61f0000; // br x0
        return code.contains(at, 4) && code.s32(at) == (branch | X17 << 5);
    }
}
