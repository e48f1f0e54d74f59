package dev.repoint.linux.aarch64;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.Architectures;
import dev.repoint.machine.instruction.OutOfRange;
import dev.repoint.machine.instruction.Outcome;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Veneers in memory: they reach any address, and may stand at any multiple of 8.
final class ArmVeneers {

    private static final int LDR_X16 = 0x58000050; // ldr x16, .+8
    private static final int BR_X16 = 0xd61f0200; // br x16

    private ArmVeneers() {}

    static byte[] of(Outcome outcome) {
        if (outcome instanceof Outcome.To(long target)) {
            return ByteBuffer.allocate(4 * Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(LDR_X16)
                    .putInt(BR_X16)
                    .putLong(target)
                    .array();
        }
        try {
            return Architectures.of(ElfMachine.AARCH64).veneer(outcome, 0);
        } catch (OutOfRange e) {
            throw new IllegalStateException(e); // one without a destination has no reach
        }
    }
}
