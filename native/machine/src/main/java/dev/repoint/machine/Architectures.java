package dev.repoint.machine;

import dev.repoint.elf.ElfMachine;
import dev.repoint.machine.aarch64.AArch64;
import dev.repoint.machine.instruction.Architecture;
import dev.repoint.machine.x86_64.X86_64;

/// The architectures that Repoint knows: the one place where one is chosen.
public final class Architectures {

    private Architectures() {}

    /// The architecture of a file.
    public static Architecture of(ElfMachine machine) {
        return switch (machine) {
            case X86_64 -> X86_64.INSTANCE;
            case AARCH64 -> AArch64.INSTANCE;
        };
    }
}
