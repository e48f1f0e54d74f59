package dev.repoint.machine.trap.aarch64;

import dev.repoint.machine.trap.Emulation;
import dev.repoint.machine.trap.Emulation.Kind;
import org.jspecify.annotations.Nullable;

/// Reads what the bytes of a site do: of the instructions that may be changed while others run them, which are B, BL,
/// NOP, BRK and calls of the kernel (Arm ARM, B2.2.5; the same list in Linux, `aarch64_insn_hotpatch_safe`), those that
/// sites have.
public final class SiteEmulation {

    private static final int NOP = 0xd503201f; // nop
    private static final int MASK = 0xfc000000;
    private static final int B = 0x14000000; // b .
    private static final int BL = 0x94000000; // bl .

    private SiteEmulation() {}

    /// What the bytes do.
    ///
    /// @param bytes   the first one lowest
    /// @param length  how many of them count
    /// @param address of the first one
    /// @return null if they are nothing that may be changed so
    public static @Nullable Emulation of(long bytes, int length, long address) {
        int word = (int) bytes;
        if (length != Integer.BYTES || (address & Integer.BYTES - 1) != 0) {
            return null;
        }
        long target = address + ((long) (word << 6) >> 4); // target <- address + 4 * imm26
        return switch (word & MASK) {
            case B -> Emulation.jump(target);
            case BL -> new Emulation(Kind.CALL, 0, target);
            default -> word == NOP ? Emulation.still(Kind.NOTHING) : null;
        };
    }
}
