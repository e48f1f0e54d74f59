package dev.repoint.machine.plan;

import dev.repoint.elf.ElfMachine;

/// The relocation types of the loader that edits write, as the psABI of each machine numbers them.
///
/// | | x86-64 | AArch64 | the loader stores |
/// | --- | --- | --- | --- |
/// | none | `R_X86_64_NONE` | `R_AARCH64_NONE` | nothing |
/// | relative | `R_X86_64_RELATIVE` | `R_AARCH64_RELATIVE` | load address + addend |
/// | globDat | `R_X86_64_GLOB_DAT` | `R_AARCH64_GLOB_DAT` | the symbol, in a slot |
/// | pointer | `R_X86_64_64` | `R_AARCH64_ABS64` | the symbol + addend, in data |
record LoaderTypes(int none, int relative, int globDat, int pointer) {

    static LoaderTypes of(ElfMachine machine) {
        return switch (machine) {
            case X86_64 -> new LoaderTypes(0, 8, 6, 1);
            case AARCH64 -> new LoaderTypes(0, 1027, 1025, 257);
        };
    }
}
