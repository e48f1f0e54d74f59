package dev.repoint.machine.x86_64;

import dev.repoint.machine.instruction.BranchFilter;
import dev.repoint.machine.instruction.Code;

/// Looks for bytes that would be a direct branch if an instruction started there.
final class BranchSearch {

    /// Bytes; what is larger is no function that a compiler made.
    private static final long LARGEST = 1 << 26;
    private static final int SHORT_JUMP = 0xeb;
    private static final int SHORT_JCC = 0x70;
    /// `loopne`, `loope`, `loop` and `jrcxz`.
    private static final int LOOPS = 0xe0;

    /// What a byte may start.
    private static final boolean[] FIRST = new boolean[256];

    static {
        for (int opcode = 0; opcode < FIRST.length; opcode++) {
            FIRST[opcode] = opcode == Forms.CALL || opcode == Forms.JUMP || opcode == Forms.TWO_BYTE || isShort(opcode);
        }
    }

    private BranchSearch() {}

    static boolean any(Code function, BranchFilter filter) {
        if (function.size() > LARGEST) {
            return true;
        }
        byte[] bytes = function.copy(function.address(), (int) function.size());
        for (int i = 0; i < bytes.length; i++) {
            if (FIRST[bytes[i] & 0xff] && isWanted(function, function.address() + i, filter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isShort(int opcode) {
        return (opcode & 0xf0) == SHORT_JCC || opcode == SHORT_JUMP || (opcode & 0xfc) == LOOPS;
    }

    private static boolean isWanted(Code function, long at, BranchFilter filter) {
        int opcode = function.u8(at);
        if (opcode == Forms.CALL || opcode == Forms.JUMP) {
            boolean whole = function.contains(at, Forms.BRANCH_LENGTH);
            return whole && filter.wants(opcode == Forms.CALL, at + 1, at + Forms.BRANCH_LENGTH + function.s32(at + 1));
        }
        if (opcode == Forms.TWO_BYTE) {
            boolean conditional = function.contains(at, Forms.LONG_LENGTH) && (function.u8(at + 1) & 0xf0) == Forms.JCC;
            return conditional && filter.wants(false, at + 2, at + Forms.LONG_LENGTH + function.s32(at + 2));
        }
        return function.contains(at, 2) && filter.wants(false, at + 1, at + 2 + function.s8(at + 1));
    }
}
