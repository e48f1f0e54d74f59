package dev.repoint.elf;

import dev.repoint.elf.raw.SectionHeader;
import java.util.List;

/// What the three kinds of headers say, checked.
record Headers(
        ElfType type,
        ElfMachine machine,
        Address entry,
        long sectionTable,
        List<Section> sections,
        long programTable,
        List<Segment> segments) {

    /// The section that a section links to.
    Section linked(Source source, Section from) throws ElfFormatException {
        if (Integer.compareUnsigned(from.link(), sections.size()) >= 0) {
            throw source.malformed(
                    linkField(from),
                    "section " + from.index() + " links to section " + Integer.toUnsignedString(from.link()) + " of "
                            + sections.size());
        }
        return sections.get(from.link());
    }

    /// Where a section's link stands.
    long linkField(Section from) {
        return field(from, SectionHeader.SH_LINK);
    }

    /// Where a field of a section's header stands.
    long field(Section section, int field) {
        return sectionTable + (long) section.index().value() * SectionHeader.SIZE + field;
    }

    /// Makes sure that a section is a table of entries of a size.
    ///
    /// @return how many entries it has
    int entries(Source source, Section table, int size) throws ElfFormatException {
        if (table.entrySize() != size || table.size() % size != 0) {
            throw source.malformed(
                    field(table, SectionHeader.SH_ENTSIZE),
                    "section " + table.index() + " is a table of " + table.size() + " bytes in entries of "
                            + Source.count(table.entrySize()) + ", where an entry has " + size);
        }
        return count(source, field(table, SectionHeader.SH_SIZE), table.size() / size);
    }

    /// A number of entries that all lie in the file, as an index.
    static int count(Source source, long field, long entries) throws ElfFormatException {
        if (entries > Integer.MAX_VALUE - 16) {
            throw source.malformed(field, "a table has " + entries + " entries; Repoint reads up to 2^31");
        }
        return (int) entries;
    }

    /// Whether there is a segment of a type.
    boolean hasSegment(int type) {
        for (Segment segment : segments) {
            if (segment.type() == type) {
                return true;
            }
        }
        return false;
    }
}
