package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import org.jspecify.annotations.Nullable;

/// Where the entries of a symbol table lie.
///
/// @param dynamic  whether it is the table for the loader
/// @param section  that holds it, if one does
/// @param offset   of the first entry
/// @param count    of the entries
/// @param extended the offset of the section indexes that do not fit into an entry, or -1
record SymbolLayout(boolean dynamic, @Nullable Section section, long offset, int count, long extended) {

    static SymbolLayout empty(boolean dynamic) {
        return new SymbolLayout(dynamic, null, 0, 0, -1);
    }

    /// The section index of a symbol that has it in the other table (gABI chapter 4, `SHT_SYMTAB_SHNDX`).
    int extendedIndex(Bytes bytes, int symbol) {
        return bytes.s32(extended + Integer.BYTES * (long) symbol);
    }
}
