package dev.repoint.elf;

/// Where a symbol is known (`ELF64_ST_BIND`; gABI chapter 4, "Symbol Table").
public enum SymbolBinding {
    /// In its source file.
    LOCAL,
    /// In all files that are linked together.
    GLOBAL,
    /// As a global one, but another definition goes first.
    WEAK,
    /// In the whole process, once (`STB_GNU_UNIQUE`).
    UNIQUE,
    /// A binding that this library does not know.
    OTHER;

    static SymbolBinding of(int binding) {
        return switch (binding) {
            case 0 -> LOCAL;
            case 1 -> GLOBAL;
            case 2 -> WEAK;
            case 10 -> UNIQUE;
            default -> OTHER;
        };
    }
}
