package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.Code;
import org.jspecify.annotations.Nullable;

/// Recognises entries of procedure linkage tables by the jump through their slot.
///
/// | section | linker | entry |
/// | --- | --- | --- |
/// | `.plt` | bfd, gold, lld | `jmp *slot(%rip); push $n; jmp .plt` |
/// | `.plt.got`, `.iplt` | bfd, gold | `jmp *slot(%rip); xchg %ax,%ax` |
/// | `.plt.sec` | bfd to 2.40, with IBT | `endbr64; bnd jmp *slot(%rip); nop` |
/// | `.plt.sec` | bfd from 2.41, lld, with IBT | `endbr64; jmp *slot(%rip); nop` |
/// | `.plt` | lld, `-z retpolineplt` | `mov slot(%rip),%r11; call or jmp` |
///
/// A lazy `.plt` beside a `.plt.sec` only pushes a number: no call goes there, and no slot is given for it.
final class PltEntries {

    private static final int ENDBR64 = 0xfa1e0ff3; // f3 0f 1e fa
    private static final int BND = 0xf2;
    private static final int NOTRACK = 0x3e;

    private PltEntries() {}

    static @Nullable Long slot(Code code, long address) {
        long at = address;
        if (code.contains(at, 4) && code.s32(at) == ENDBR64) {
            at += 4;
        }
        if (code.contains(at, 1) && (code.u8(at) == BND || code.u8(at) == NOTRACK)) {
            at++;
        }
        if (!code.contains(at, 6)) {
            return null;
        }
        if (code.u8(at) == Forms.GROUP_5 && code.u8(at + 1) == Forms.POINTER_JUMP) { // ff 25: jmp *slot(%rip)
            int displacement = code.s32(at + 2);
            return displacement == 0 ? null : (Long) (at + 6 + displacement); // 0 is a veneer of ours
        }
        boolean retpoline = code.contains(at, 8)
                && code.u8(at) == 0x4c
                && code.u8(at + 1) == 0x8b
                && code.u8(at + 2) == 0x1d // mov slot(%rip),%r11
                && (code.u8(at + 7) == Forms.CALL || code.u8(at + 7) == Forms.JUMP);
        return retpoline ? (Long) (at + 7 + code.s32(at + 3)) : null;
    }
}
