package dev.repoint.machine.instruction;

/// The use of a place by its relocation type, for all architectures. Only a hint for code, where bytes
/// decide.
public enum RelocationUse {
    /// Code that branches to the symbol, or to its entry in the procedure linkage table.
    BRANCH,
    /// Code or data that holds the distance to the symbol.
    ADDRESS,
    /// Code that uses the symbol through its slot in the global offset table.
    SLOT,
    /// Code that holds the distance of 64 bits from the global offset table to the symbol's entry in the
    /// procedure linkage table, or to the symbol itself, and that calls what it computes from it.
    FAR_BRANCH,
    /// Code that holds the distance of 64 bits from the global offset table to the symbol.
    FAR_ADDRESS,
    /// Code that holds a distance of 64 bits to the symbol's slot in the global offset table.
    FAR_SLOT,
    /// A word of data that holds the symbol's address.
    POINTER,
    /// A slot of the global offset table that the loader fills at start.
    GLOB_DAT,
    /// A slot of the global offset table that the loader fills at start or at the first call.
    JUMP_SLOT,
    /// A word of data that holds the load address plus the addend.
    RELATIVE,
    /// A word of data that holds what the resolver at the addend returns.
    IRELATIVE,
    /// Anything about thread-local storage.
    TLS,
    /// Copies a variable into the executable.
    COPY,
    /// Nothing at all.
    NONE,
    /// Anything else.
    OTHER
}
