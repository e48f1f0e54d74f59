package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.SymbolEntry;
import org.jspecify.annotations.Nullable;

/// Where the entries of a symbol table lie.
///
/// @param dynamic  whether it is the table for the loader
/// @param section  that holds it, if one does
/// @param offset   of the first entry
/// @param count    of the entries
/// @param extended the offset of the section indexes that do not fit into an entry, or -1
/// @param sections the number of sections of the file, to find wrong indexes
record SymbolLayout(boolean dynamic, @Nullable Section section, long offset, int count, long extended, int sections) {

    static SymbolLayout empty(boolean dynamic) {
        return new SymbolLayout(dynamic, null, 0, 0, -1, 0);
    }

    /// The section index of a symbol that has it in the other table (gABI chapter 4, `SHT_SYMTAB_SHNDX`).
    int extendedIndex(Bytes bytes, int symbol) {
        return bytes.s32(extended + Integer.BYTES * (long) symbol);
    }

    /// The section index of a symbol, as [SymbolTable#sectionIndex] gives it.
    int sectionIndex(Bytes bytes, int symbol) {
        int index = SymbolEntry.shndx(bytes, offset + (long) symbol * SymbolEntry.SIZE);
        boolean reserved = index >= SymbolEntry.SHN_LORESERVE && index != SymbolEntry.SHN_XINDEX;
        if (reserved || index == SymbolTable.SHN_UNDEF) {
            return index;
        }
        int section = index == SymbolEntry.SHN_XINDEX ? extendedIndex(bytes, symbol) : index;
        return Integer.compareUnsigned(section, sections) < 0 ? section : SymbolTable.SHN_ABS;
    }

    /// Whether the section index of a symbol is that of a section.
    boolean isInSection(Bytes bytes, int symbol) {
        int index = SymbolEntry.shndx(bytes, offset + (long) symbol * SymbolEntry.SIZE);
        int section = index == SymbolEntry.SHN_XINDEX ? extendedIndex(bytes, symbol) : index;
        boolean reserved = index >= SymbolEntry.SHN_LORESERVE && index != SymbolEntry.SHN_XINDEX;
        return !reserved && section != SymbolTable.SHN_UNDEF && Integer.compareUnsigned(section, sections) < 0;
    }
}
