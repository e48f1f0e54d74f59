package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;

/// The versions of the symbols for the loader (LSB Core, "Symbol Versioning").
///
/// @param versym    the offset of a 16-bit number for each symbol, or -1 if there are no versions
/// @param names     the name that each number stands for, empty if none
/// @param isDefined whether the file defines the version of each number, and does not only need it
record SymbolVersions(long versym, String[] names, boolean[] isDefined) {

    private static final int HIDDEN = 0x8000;

    static SymbolVersions none() {
        return new SymbolVersions(-1, new String[0], new boolean[0]);
    }

    /// The number of a symbol's version, which is an index of the names.
    static int number(int versym) {
        return versym & ~HIDDEN;
    }

    String name(Bytes bytes, int symbol) {
        return versym < 0 ? "" : names[number(at(bytes, symbol))];
    }

    /// Whether a symbol's version is one that the file defines, and the default one of the symbol's name.
    boolean isDefault(Bytes bytes, int symbol) {
        return versym >= 0 && (at(bytes, symbol) & HIDDEN) == 0 && isDefined[number(at(bytes, symbol))];
    }

    /// Whether a symbol can only be had by naming its version.
    boolean isHidden(Bytes bytes, int symbol) {
        return versym >= 0 && (at(bytes, symbol) & HIDDEN) != 0;
    }

    private int at(Bytes bytes, int symbol) {
        return bytes.u16(versym + Short.BYTES * (long) symbol);
    }
}
