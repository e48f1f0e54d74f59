package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.FileHeader;
import dev.repoint.elf.raw.SectionHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the section header table.
final class SectionReader {

    private final Source source;
    private final Bytes bytes;
    private final long table;

    private SectionReader(Source source, long table) {
        this.source = source;
        this.bytes = source.bytes();
        this.table = table;
    }

    /// All sections, with the one that stands for none.
    ///
    /// @param header says where the table is
    static List<Section> read(Source source, FileHeader header) throws ElfFormatException {
        return new SectionReader(source, header.shoff()).read(header);
    }

    private List<Section> read(FileHeader header) throws ElfFormatException {
        if (header.shentsize() != SectionHeader.SIZE) {
            throw source.malformed(
                    FileHeader.E_SHENTSIZE,
                    "a section header is to have " + header.shentsize() + " bytes; it has " + SectionHeader.SIZE);
        }
        source.requireRange(FileHeader.E_SHOFF, "the section header table", table, SectionHeader.SIZE);
        SectionHeader none = SectionHeader.at(bytes, table);
        long number = header.shnum();
        long field = FileHeader.E_SHNUM;
        if (number == 0) {
            number = none.size();
            field = table + SectionHeader.SH_SIZE;
        }
        if (number <= 0 || number > bytes.size() / SectionHeader.SIZE) {
            throw source.malformed(
                    field,
                    "a file of " + bytes.size() + " bytes cannot have " + Source.count(number)
                            + " sections; it is damaged or was cut off");
        }
        source.requireRange(field, "the section header table", table, number * SectionHeader.SIZE);
        @Nullable StringTable names = names(header, none, number);
        List<Section> sections = new ArrayList<>((int) number);
        for (int i = 0; i < number; i++) {
            sections.add(section(i, names));
        }
        checkOverlaps(sections);
        return Collections.unmodifiableList(sections);
    }

    /// The names of sections; null if the file keeps none.
    private @Nullable StringTable names(FileHeader header, SectionHeader none, long number) throws ElfFormatException {
        boolean extended = header.shstrndx() == FileHeader.SHN_XINDEX;
        long index = extended ? Integer.toUnsignedLong(none.link()) : header.shstrndx();
        long field = extended ? table + SectionHeader.SH_LINK : FileHeader.E_SHSTRNDX;
        if (index == 0) {
            return null;
        }
        if (index >= number) {
            throw source.malformed(field, "the names are to be in section " + index + " of " + number);
        }
        long at = table + index * SectionHeader.SIZE;
        SectionHeader names = SectionHeader.at(bytes, at);
        if (names.type() != Section.SHT_STRTAB) {
            throw source.malformed(
                    at + SectionHeader.SH_TYPE,
                    "the names are to be in section " + index + ", but that is not a string table");
        }
        source.requireRange(at + SectionHeader.SH_SIZE, "section " + index, names.offset(), names.size());
        return StringTable.of(source, names.offset(), names.size());
    }

    private Section section(int index, @Nullable StringTable names) throws ElfFormatException {
        long at = table + (long) index * SectionHeader.SIZE;
        SectionHeader raw = SectionHeader.at(bytes, at);
        String name = names == null || raw.type() == Section.SHT_NULL
                ? ""
                : names.checked(source, Integer.toUnsignedLong(raw.name()), at + SectionHeader.SH_NAME);
        Section section = new Section(
                new SectionIndex(index),
                name,
                raw.type(),
                raw.flags(),
                new Address(raw.addr()),
                new FileOffset(raw.offset()),
                raw.size(),
                raw.link(),
                raw.info(),
                raw.addralign(),
                raw.entsize());
        if (section.type() == Section.SHT_NULL) {
            return section;
        }
        if (section.hasBytes()) {
            source.requireRange(at + SectionHeader.SH_SIZE, "section " + index, raw.offset(), raw.size());
        }
        boolean wraps = raw.size() != 0 && Long.compareUnsigned(raw.addr(), -raw.size()) > 0;
        if (raw.size() < 0 || wraps) {
            throw source.malformed(
                    at + SectionHeader.SH_SIZE,
                    "section " + index + " of " + Source.count(raw.size()) + " bytes at address " + section.address()
                            + " passes the end of the address space");
        }
        if (Long.bitCount(raw.addralign()) > 1) {
            throw source.malformed(
                    at + SectionHeader.SH_ADDRALIGN,
                    "alignment " + Source.count(raw.addralign()) + " of section " + index + " is not a power of 2");
        }
        return section;
    }

    /// "No byte in a file resides in more than one section" (gABI chapter 4, "Sections").
    private void checkOverlaps(List<Section> sections) throws ElfFormatException {
        List<Section> byOffset = new ArrayList<>();
        for (Section section : sections) {
            if (section.hasBytes() && section.size() > 0) {
                byOffset.add(section);
            }
        }
        byOffset.sort(SectionOrder.BY_OFFSET);
        for (int i = 1; i < byOffset.size(); i++) {
            Section before = byOffset.get(i - 1);
            Section after = byOffset.get(i);
            if (after.offset().value() < before.offset().value() + before.size()) {
                throw source.malformed(
                        table + (long) after.index().value() * SectionHeader.SIZE + SectionHeader.SH_OFFSET,
                        "sections " + before.index() + " and " + after.index() + " overlap at " + after.offset());
            }
        }
    }
}
