package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.BranchFilter;
import dev.repoint.machine.instruction.Code;

/// Looks for words that would be a direct branch if they were code.
final class BranchSearch {

    private BranchSearch() {}

    static boolean any(Code function, BranchFilter filter) {
        for (long at = function.address(); at < function.end(); at += 4) {
            if (function.contains(at, 4) && isWanted(function.s32(at), at, filter)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWanted(int word, long at, BranchFilter filter) {
        if (Word.isBl(word) || Word.isB(word)) {
            return filter.wants(Word.isBl(word), at, Word.imm26(word, at));
        }
        if (Word.isImm19Branch(word)) {
            return filter.wants(false, at, Word.imm19(word, at));
        }
        return Word.isImm14Branch(word) && filter.wants(false, at, Word.imm14(word, at));
    }
}
