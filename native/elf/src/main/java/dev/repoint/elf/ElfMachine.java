package dev.repoint.elf;

/// The instruction set of a file (`e_machine`).
public enum ElfMachine {
    /// AMD64 and Intel 64, by the System V psABI for x86-64.
    X86_64("x86-64"),
    /// The 64-bit state of Arm, by the ELF psABI for AArch64.
    AARCH64("AArch64");

    private final String text;

    ElfMachine(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }
}
