package dev.repoint.elf;

/// An entry of a symbol table, whole. Where there are many, the columns of [SymbolTable] make no objects.
///
/// @param index        its place in the table
/// @param name         without its version; empty if it has none
/// @param value        its address; in a relocatable file its distance from the start of its section
/// @param size         in bytes, unsigned; 0 if not known
/// @param type         what it is for
/// @param binding      where it is known
/// @param visibility   who may refer to it
/// @param sectionIndex as [SymbolTable#sectionIndex]
/// @param version      as [SymbolTable#version]
/// @param sourceFile   as [SymbolTable#sourceFile]
public record Symbol(
        int index,
        String name,
        Address value,
        long size,
        SymbolType type,
        SymbolBinding binding,
        SymbolVisibility visibility,
        int sectionIndex,
        String version,
        String sourceFile) {

    /// Whether the file defines it.
    public boolean isDefined() {
        return sectionIndex != SymbolTable.SHN_UNDEF;
    }
}
