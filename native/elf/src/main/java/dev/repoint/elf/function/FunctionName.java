package dev.repoint.elf.function;

import java.util.Objects;

/// One of the names of a function, as a symbol gives it.
///
/// @param symbol     without its version; never empty
/// @param version    of an exported function; else empty
/// @param isHidden   whether only references to that version get it
/// @param sourceFile of a local function, if that is known; else empty
/// @param origin     where the name is known from
public record FunctionName(String symbol, String version, boolean isHidden, String sourceFile, FunctionOrigin origin) {

    /// @throws IllegalArgumentException if the symbol is empty
    public FunctionName {
        Objects.requireNonNull(version);
        Objects.requireNonNull(sourceFile);
        if (symbol.isEmpty()) {
            throw new IllegalArgumentException("a function's name is empty");
        }
    }

    /// As a key has it: `crc32`, `crc32@V1`.
    @Override
    public String toString() {
        return isHidden ? symbol + "@" + version : symbol;
    }
}
