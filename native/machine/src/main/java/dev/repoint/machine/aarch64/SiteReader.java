package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Code;
import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.Instruction.Branch;
import dev.repoint.machine.instruction.Instruction.Emptied;
import dev.repoint.machine.instruction.Instruction.Reference;
import dev.repoint.machine.instruction.Outcome;
import dev.repoint.machine.instruction.SiteKind;
import org.jspecify.annotations.Nullable;

/// Reads the instruction that a relocation names.
///
/// A `nop` in place of a call may also be the linker's: it makes one of a call of a weak function that no file
/// defines.
final class SiteReader {

    /// How many instructions to look back for the `adrp` of an `add` or `ldr`. Compilers keep a page for long.
    private static final int LOOK_BACK = 256;

    private SiteReader() {}

    static @Nullable Instruction at(Code code, long field) {
        if (!code.contains(field, 4)) {
            return null;
        }
        int word = code.s32(field);
        if (Word.isB(word) && isErratumVeneer(code, Word.imm26(word, field), field + 4)) {
            return null;
        }
        Branch branch = branch(word, field);
        if (branch != null) {
            return branch;
        }
        return switch (word) {
            case Word.NOP -> new Emptied(SiteKind.CALL, field, 4, new Outcome.Nothing());
            case Word.ZERO -> new Emptied(SiteKind.CALL, field, 4, new Outcome.Zero());
            case Word.RET -> new Emptied(SiteKind.JUMP, field, 4, new Outcome.Nothing());
            default -> reference(code, word, field);
        };
    }

    static @Nullable Branch branch(int word, long address) {
        if (Word.isBl(word)) {
            return new Branch(SiteKind.CALL, address, 4, Word.imm26(word, address)); // bl
        }
        if (Word.isB(word)) {
            return new Branch(SiteKind.JUMP, address, 4, Word.imm26(word, address)); // b
        }
        if (Word.isImm19Branch(word)) {
            return new Branch(SiteKind.CONDITIONAL_JUMP, address, 4, Word.imm19(word, address)); // b.cond, cbz, cbnz
        }
        return Word.isImm14Branch(word)
                ? new Branch(SiteKind.CONDITIONAL_JUMP, address, 4, Word.imm14(word, address)) // tbz, tbnz
                : null;
    }

    /// Linkers that work around errata 843419 and 835769 of Cortex-A53 move one instruction, a load for
    /// example, into a veneer that branches back, and put a branch to the veneer in its place. The relocation
    /// is about the load.
    private static boolean isErratumVeneer(Code code, long veneer, long back) {
        if (!code.contains(veneer, 8)) {
            return false;
        }
        int second = code.s32(veneer + 4);
        return Word.isB(second) && Word.imm26(second, veneer + 4) == back;
    }

    private static @Nullable Reference reference(Code code, int word, long field) {
        if (Word.isAdr(word)) {
            return new Reference(SiteKind.ADDRESS, field, 4, Word.adr(word, field)); // adr xd, place
        }
        if (Word.isLoadLiteral64(word)) {
            return new Reference(SiteKind.POINTER_LOAD, field, 4, Word.imm19(word, field)); // ldr xt, place
        }
        if (!Word.isAddImmediate(word) && !Word.isLoad64(word)) {
            return null;
        }
        Long page = page(code, Word.rn(word), field);
        return page == null ? null : completed(word, field, page);
    }

    /// What `add` or `ldr` makes of a page.
    static Reference completed(int word, long address, long page) {
        return Word.isLoad64(word)
                ? new Reference(SiteKind.POINTER_LOAD, address, 4, page + 8L * Word.imm12(word)) // ldr xt, [xn, #imm]
                : new Reference(SiteKind.ADDRESS, address, 4, page + Word.imm12(word)); // add xd, xn, #imm
    }

    /// The page that the nearest `adrp` before an address puts into a register, or the `adr` that a linker made
    /// of it.
    private static @Nullable Long page(Code code, int register, long address) {
        for (long at = address - 4; at >= address - 4L * LOOK_BACK && code.contains(at, 4); at -= 4) {
            int word = code.s32(at);
            if (Word.rd(word) == register && Word.isAdrp(word)) {
                return Word.adrp(word, at);
            }
            if (Word.rd(word) == register && Word.isAdr(word) && (Word.adr(word, at) & 0xfff) == 0) {
                return Word.adr(word, at);
            }
        }
        return null;
    }
}
