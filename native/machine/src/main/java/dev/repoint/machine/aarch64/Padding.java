package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Code;

/// What assemblers and linkers put between functions: `nop`, and zeros, which are `udf #0`.
final class Padding {

    private Padding() {}

    static boolean is(Code gap) {
        long at = gap.address();
        while (at < gap.end()) {
            boolean word = (at & 3) == 0 && gap.contains(at, 4);
            if (word && gap.s32(at) == Word.NOP) {
                at += 4;
            } else if (gap.u8(at) == 0) {
                at++;
            } else {
                return false;
            }
        }
        return true;
    }
}
