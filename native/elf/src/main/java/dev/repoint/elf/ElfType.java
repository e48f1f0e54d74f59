package dev.repoint.elf;

/// What a file is for (`e_type`).
public enum ElfType {
    /// An object file that a linker has yet to link (`ET_REL`). It has sections but no addresses.
    RELOCATABLE("relocatable object"),
    /// A program at fixed addresses (`ET_EXEC`).
    EXECUTABLE("executable"),
    /// What can be loaded at any address (`ET_DYN`): a shared library, and also a position-independent program.
    SHARED("shared object");

    private final String text;

    ElfType(String text) {
        this.text = text;
    }

    /// As people read it.
    public String text() {
        return text;
    }

    /// Whether a linker made it, so that it has addresses.
    public boolean isLinked() {
        return this != RELOCATABLE;
    }
}
