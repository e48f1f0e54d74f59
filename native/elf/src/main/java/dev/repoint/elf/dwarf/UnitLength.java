package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;

/// The length that each unit of debug information begins with (DWARF 5, sections 7.2.2 and 7.4).
///
/// @param value      how many bytes follow it
/// @param offsetSize the size of offsets into sections in the unit: 4, or 8 in the 64-bit format
record UnitLength(long value, int offsetSize) {

    private static final long IN_64_BITS = 0xffff_ffffL;
    private static final long RESERVED = 0xffff_fff0L;

    static UnitLength read(Cursor cursor) throws ElfFormatException {
        long first = cursor.u32();
        if (first < RESERVED) {
            return new UnitLength(first, Integer.BYTES);
        }
        if (first != IN_64_BITS) {
            throw cursor.malformed("a unit has length 0x" + Long.toHexString(first) + ", which is reserved");
        }
        return new UnitLength(cursor.s64(), Long.BYTES);
    }
}
