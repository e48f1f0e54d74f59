package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.raw.Bytes;

/// Reads a section of debug information from front to back: numbers as DWARF 5, chapter 7, lays them out. Each
/// read makes sure that its bytes are there.
final class Cursor {

    private final DebugSection section;
    private final Bytes bytes;
    private long at;
    private long end;

    Cursor(DebugSection section, long at) {
        this(section, at, section.bytes().size());
    }

    Cursor(DebugSection section, long at, long end) {
        this.section = section;
        this.bytes = section.bytes();
        this.at = at;
        this.end = end;
    }

    long at() {
        return at;
    }

    long end() {
        return end;
    }

    boolean hasMore() {
        return at < end;
    }

    /// Continues at a place that is not before the start, nor behind the end.
    void to(long place) throws ElfFormatException {
        if (place < 0 || place > end) {
            throw malformed("0x" + Long.toHexString(place) + " is to be read, behind the end");
        }
        at = place;
    }

    /// Does not read beyond so many bytes from here on.
    void limit(long length) throws ElfFormatException {
        require(length);
        end = at + length;
    }

    void skip(long length) throws ElfFormatException {
        require(length);
        at += length;
    }

    int u8() throws ElfFormatException {
        require(1);
        return bytes.u8(at++);
    }

    int u16() throws ElfFormatException {
        require(Short.BYTES);
        at += Short.BYTES;
        return bytes.u16(at - Short.BYTES);
    }

    int u24() throws ElfFormatException {
        return u16() | u8() << Short.SIZE;
    }

    long u32() throws ElfFormatException {
        require(Integer.BYTES);
        at += Integer.BYTES;
        return bytes.u32(at - Integer.BYTES);
    }

    long s64() throws ElfFormatException {
        require(Long.BYTES);
        at += Long.BYTES;
        return bytes.s64(at - Long.BYTES);
    }

    /// An offset into a section, of 4 or 8 bytes.
    long offset(int size) throws ElfFormatException {
        return size == Long.BYTES ? s64() : u32();
    }

    /// An unsigned number of 1, 2, 4 or 8 bytes.
    long number(int size) throws ElfFormatException {
        return switch (size) {
            case 1 -> u8();
            case 2 -> u16();
            case 4 -> u32();
            case 8 -> s64();
            default -> throw malformed("a number of " + size + " bytes");
        };
    }

    /// A number in ULEB128; what is beyond 64 bits is lost.
    long uleb() throws ElfFormatException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            if ((next & 0x80) == 0) {
                return value;
            }
        }
    }

    /// A number in SLEB128; what is beyond 64 bits is lost.
    long sleb() throws ElfFormatException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = u8();
            value |= shift < Long.SIZE ? (long) (next & 0x7f) << shift : 0;
            if ((next & 0x80) == 0) {
                boolean negative = (next & 0x40) != 0 && shift + 7 < Long.SIZE;
                return negative ? value | -1L << shift + 7 : value;
            }
        }
    }

    /// How many bytes the text has that begins here and ends with a zero byte.
    int textLength() throws ElfFormatException {
        long length = bytes.lengthToZero(at, end);
        if (length == end - at || length > Integer.MAX_VALUE - 16) {
            throw malformed("a text does not end");
        }
        return (int) length;
    }

    /// Goes behind the text that begins here.
    void skipText() throws ElfFormatException {
        at += textLength() + 1L;
    }

    /// Refuses to read on where the budget is spent.
    void spend(TextBudget budget, long length) throws ElfFormatException {
        if (!budget.take(length)) {
            throw malformed("names and types in the debug information add up to far more than the size of the file");
        }
    }

    /// The text that begins here, which is to be within a budget.
    String text(TextBudget budget) throws ElfFormatException {
        int length = textLength();
        spend(budget, length);
        at += length + 1L;
        return bytes.text(at - length - 1, length);
    }

    ElfFormatException malformed(String problem) {
        return section.malformed(at, problem);
    }

    private void require(long length) throws ElfFormatException {
        if (length < 0 || length > end - at) {
            throw malformed(Long.toUnsignedString(length) + " bytes are to be read, where " + (end - at) + " are left");
        }
    }
}
