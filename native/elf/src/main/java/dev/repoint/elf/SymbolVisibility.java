package dev.repoint.elf;

/// Who may refer to a global symbol from outside its component (`ELF64_ST_VISIBILITY`; gABI chapter 4, "Symbol
/// Table").
public enum SymbolVisibility {
    /// As its binding says; another component may define it in its place.
    DEFAULT,
    /// None; reserved for the processor's ABI, which treats it as hidden.
    INTERNAL,
    /// None.
    HIDDEN,
    /// All, but no other component can define it in its place.
    PROTECTED;

    static SymbolVisibility of(int visibility) {
        return switch (visibility & 3) {
            case 1 -> INTERNAL;
            case 2 -> HIDDEN;
            case 3 -> PROTECTED;
            default -> DEFAULT;
        };
    }
}
