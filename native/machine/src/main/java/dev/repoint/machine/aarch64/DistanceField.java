package dev.repoint.machine.aarch64;

import dev.repoint.machine.instruction.Instruction;
import dev.repoint.machine.instruction.OutOfRange;

/// The part of a branch that holds its distance in words: `field <- (target - address) >> 2, as a signed
/// number`.
enum DistanceField {
    /// Of `b` and `bl`: bits 0 to 25.
    IMM26(26, 0, "128 MiB"),
    /// Of `b.cond`, `cbz` and `cbnz`: bits 5 to 23.
    IMM19(19, 5, "1 MiB"),
    /// Of `tbz` and `tbnz`: bits 5 to 18.
    IMM14(14, 5, "32 KiB");

    private final int bits;
    private final int shift;
    private final String reach;

    DistanceField(int bits, int shift, String reach) {
        this.bits = bits;
        this.shift = shift;
        this.reach = reach;
    }

    /// The field of a conditional branch.
    ///
    /// @throws IllegalArgumentException if the word is none
    static DistanceField ofConditional(int word) {
        if (Word.isImm19Branch(word)) {
            return IMM19;
        }
        if (Word.isImm14Branch(word)) {
            return IMM14;
        }
        throw new IllegalArgumentException("no conditional branch: 0x%08x".formatted(word));
    }

    long lowest(long address) {
        return address - (1L << bits + 1);
    }

    long highest(long address) {
        return address + (1L << bits + 1) - 4;
    }

    boolean reaches(long address, long target) {
        return target >= lowest(address) && target <= highest(address) && (target - address & 3) == 0;
    }

    /// The word with another target.
    int fill(int word, Instruction site, long target) throws OutOfRange {
        if (!reaches(site.address(), target)) {
            throw OutOfRange.of(site.kind(), site.address(), target, reach + " in steps of 4 bytes");
        }
        int mask = (1 << bits) - 1 << shift;
        return word & ~mask | (int) (target - site.address() >> 2) << shift & mask;
    }
}
