package dev.repoint.elf;

/// A relocation entry, whole. Where there are many, the columns of [RelocationTable] make no objects.
///
/// @param index  its place in the table
/// @param offset the address it is about; in a relocatable file the distance from the start of the table's
///     target
/// @param type   as the psABI of the machine numbers them
/// @param symbol the index in the table's symbols, 0 if none
/// @param addend added to the symbol's value
public record Relocation(int index, Address offset, int type, int symbol, long addend) {}
