package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;

/// How a pointer in an unwind table is written (Linux Standard Base 5.0, part 10.5).
final class PointerEncoding {

    static final int OMITTED = 0xff;
    /// The pointer is the address of another one.
    static final int INDIRECT = 0x80;

    private static final int FORMAT = 0x0f;
    private static final int APPLICATION = 0x70;
    private static final int RELATIVE_TO_ITSELF = 0x10;
    private static final int RELATIVE_TO_TABLE = 0x30;

    private PointerEncoding() {}

    /// Reads a pointer.
    ///
    /// @param cursor  before the pointer
    /// @param address of byte 0 of what the cursor reads
    /// @param table   what pointers relative to a table count from
    static long read(Cursor cursor, int encoding, long address, long table) throws ElfFormatException {
        long place = address + cursor.at();
        long value = value(cursor, encoding & FORMAT);
        return switch (encoding & APPLICATION) {
            case 0 -> value;
            case RELATIVE_TO_ITSELF -> place + value;
            case RELATIVE_TO_TABLE -> table + value;
            default -> throw cursor.malformed("pointer encoding 0x" + Integer.toHexString(encoding) + " is not known");
        };
    }

    /// Reads a pointer of which the value zero is none, also where it counts from itself.
    ///
    /// @return 0 if it is none
    static long readOrZero(Cursor cursor, int encoding, long address) throws ElfFormatException {
        int direct = encoding & ~INDIRECT;
        long at = cursor.at();
        long value = value(cursor, direct);
        cursor.to(at);
        return value == 0 ? value(cursor, direct) : read(cursor, direct, address, 0);
    }

    /// The number of bytes of a pointer; 0 if it has no fixed one.
    static int size(int encoding) {
        return switch (encoding & FORMAT) {
            case 0x00, 0x04, 0x0c -> Long.BYTES;
            case 0x02, 0x0a -> Short.BYTES;
            case 0x03, 0x0b -> Integer.BYTES;
            default -> 0;
        };
    }

    /// Reads a number in the format of an encoding.
    static long value(Cursor cursor, int format) throws ElfFormatException {
        return switch (format & FORMAT) {
            case 0x00, 0x04, 0x0c -> cursor.s64();
            case 0x01 -> cursor.uleb();
            case 0x02 -> cursor.u16();
            case 0x03 -> cursor.u32();
            case 0x09 -> cursor.sleb();
            case 0x0a -> (short) cursor.u16();
            case 0x0b -> (int) cursor.u32();
            default -> throw cursor.malformed("pointer encoding 0x" + Integer.toHexString(format) + " is not known");
        };
    }
}
