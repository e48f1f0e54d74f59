package dev.repoint.machine.table;

import dev.repoint.elf.ElfMachine;
import org.jspecify.annotations.Nullable;

/// What the writer and the reader of tables have in common. `docs/table-format.md` describes the format.
final class TableFormat {

    /// The first bytes: 7f and `Repoint`, as a little-endian number.
    static final long MAGIC = 0x746e696f7065527fL;
    /// The version that is written, and the latest that is read.
    static final int VERSION = 1;

    /// Magic, version, checksum and length.
    static final int HEADER = 24;
    static final int VERSION_AT = 8;
    static final int CHECKSUM_AT = 12;
    static final int LENGTH_AT = 16;
    /// The checksum covers everything from here on.
    static final int CHECKED_FROM = 16;

    /// The most bytes that a string shares with the one before it.
    static final int MOST_SHARED = 255;
    /// In the byte that says what a patchable is: the bit of pointers, and where its safety stands.
    static final int POINTER = 1;
    static final int SAFETY_SHIFT = 1;
    /// In the byte that says what a site is: the kind, and the bit of those with a line.
    static final int KIND = 0x0f;
    static final int HAS_LINE = 0x10;

    private static final int EM_X86_64 = 62;
    private static final int EM_AARCH64 = 183;

    private TableFormat() {}

    /// As `e_machine` has it.
    static int number(ElfMachine machine) {
        return switch (machine) {
            case X86_64 -> EM_X86_64;
            case AARCH64 -> EM_AARCH64;
        };
    }

    static @Nullable ElfMachine machine(int number) {
        return switch (number) {
            case EM_X86_64 -> ElfMachine.X86_64;
            case EM_AARCH64 -> ElfMachine.AARCH64;
            default -> null;
        };
    }
}
