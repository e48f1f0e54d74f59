package dev.repoint.elf;

/// What a symbol is for (`ELF64_ST_TYPE`; gABI chapter 4, "Symbol Table").
public enum SymbolType {
    /// Not said.
    NONE,
    /// A variable.
    OBJECT,
    /// A function.
    FUNCTION,
    /// The start of a section.
    SECTION,
    /// The name of the source file of the local symbols that follow.
    FILE,
    /// A variable that the linker is yet to place.
    COMMON,
    /// A thread-local variable.
    THREAD_LOCAL,
    /// A function that returns the function to call (`STT_GNU_IFUNC`).
    INDIRECT_FUNCTION,
    /// A type that this library does not know.
    OTHER;

    static SymbolType of(int type) {
        return switch (type) {
            case 0 -> NONE;
            case 1 -> OBJECT;
            case 2 -> FUNCTION;
            case 3 -> SECTION;
            case 4 -> FILE;
            case 5 -> COMMON;
            case 6 -> THREAD_LOCAL;
            case 10 -> INDIRECT_FUNCTION;
            default -> OTHER;
        };
    }

    /// Whether it names code that is called: a function, or one that chooses a function.
    public boolean isFunction() {
        return this == FUNCTION || this == INDIRECT_FUNCTION;
    }
}
