package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;

/// Strings that end with a zero byte, by their offset (gABI chapter 4, "String Table").
final class StringTable {

    private final Bytes bytes;
    private final long start;
    private final long end;

    private StringTable(Bytes bytes, long start, long size) {
        this.bytes = bytes;
        this.start = start;
        this.end = start + size;
    }

    /// A table without strings; offset 0 is the empty one.
    static StringTable empty(Source source) {
        return new StringTable(source.bytes(), 0, 0);
    }

    /// The table in a range that lies in the file.
    static StringTable of(Source source, long offset, long size) throws ElfFormatException {
        if (size > 0 && source.bytes().u8(offset + size - 1) != 0) {
            throw source.malformed(offset + size - 1, "a string table does not end with a zero byte");
        }
        return new StringTable(source.bytes(), offset, size);
    }

    /// The table that a section links to.
    ///
    /// @param link where the link is given
    static StringTable linkedFrom(Source source, Section from, Headers headers) throws ElfFormatException {
        Section strings = headers.linked(source, from);
        if (strings.type() != Section.SHT_STRTAB) {
            throw source.malformed(
                    headers.linkField(from),
                    "section " + from.index() + " links to section " + strings.index()
                            + " for its names, but that is not a string table");
        }
        return of(source, strings.offset().value(), strings.size());
    }

    /// Makes sure that a string can be asked for.
    ///
    /// @param name  its offset in the table
    /// @param field where that offset is given
    void check(Source source, long name, long field) throws ElfFormatException {
        if (name == 0 && start == end) {
            return;
        }
        if (Long.compareUnsigned(name, end - start) >= 0) {
            throw source.malformed(
                    field,
                    "a name is to be at offset " + Source.count(name) + " of a string table of " + (end - start)
                            + " bytes");
        }
        source.spendName(field, length(name));
    }

    /// The string at an offset, after it was checked.
    String checked(Source source, long name, long field) throws ElfFormatException {
        check(source, name, field);
        return at(name);
    }

    /// The string at an offset that was checked.
    String at(long name) {
        return bytes.text(start + name, (int) length(name));
    }

    /// How many bytes the string at an offset that was checked has.
    long length(long name) {
        return bytes.lengthToZero(start + name, end);
    }
}
