package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Abbreviations.Abbreviation;

/// A unit of entries: those of one compilation, or of one type (DWARF 5, section 7.5.1).
///
/// @param section       that it is in
/// @param start         the offset of its header, from which references inside of it count
/// @param entries       the offset of its first entry
/// @param end           the offset behind its last entry
/// @param format        its sizes
/// @param abbreviations of its entries
/// @param textBase      where its offsets begin in `.debug_str_offsets`
record Unit(
        DebugSection section,
        long start,
        long entries,
        long end,
        Format format,
        Abbreviations abbreviations,
        long textBase) {

    /// A cursor that reads entries of the unit.
    ///
    /// @param place the offset of an entry
    Cursor cursor(long place) throws ElfFormatException {
        Cursor cursor = new Cursor(section, start, end);
        if (place < entries) {
            throw section.malformed(place, "an entry is to be in the header of its unit");
        }
        cursor.to(place);
        return cursor;
    }

    /// What an entry is made of.
    ///
    /// @param code that it begins with, not 0
    Abbreviation abbreviation(Cursor cursor, long code) throws ElfFormatException {
        Abbreviation found = abbreviations.get(code);
        if (found == null) {
            throw cursor.malformed("an entry has code " + Long.toUnsignedString(code)
                    + ", which the abbreviations of its unit do not have");
        }
        return found;
    }

    boolean contains(long place) {
        return place >= start && place < end;
    }
}
