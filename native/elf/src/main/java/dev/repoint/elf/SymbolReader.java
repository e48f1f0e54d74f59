package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.SectionHeader;
import dev.repoint.elf.raw.SymbolEntry;
import java.util.Arrays;

/// Reads symbol tables: checks every entry once, so that the table can be used without checks.
final class SymbolReader {

    private final Source source;
    private final Headers headers;

    SymbolReader(Source source, Headers headers) {
        this.source = source;
        this.headers = headers;
    }

    SymbolTable empty(boolean dynamic) {
        return new SymbolTable(
                SymbolLayout.empty(dynamic),
                source.bytes(),
                StringTable.empty(source),
                SymbolVersions.none(),
                new int[0]);
    }

    /// The first symbol table of a type, by the section headers.
    ///
    /// @param type [Section#SHT_SYMTAB] or [Section#SHT_DYNSYM]
    SymbolTable read(int type) throws ElfFormatException {
        boolean dynamic = type == Section.SHT_DYNSYM;
        for (Section section : headers.sections()) {
            if (section.type() == type) {
                int count = headers.entries(source, section, SymbolEntry.SIZE);
                StringTable strings = StringTable.linkedFrom(source, section, headers);
                SymbolLayout layout = new SymbolLayout(
                        dynamic,
                        section,
                        section.offset().value(),
                        count,
                        extendedIndexes(section, count),
                        headers.sections().size());
                SymbolVersions versions =
                        dynamic ? new VersionReader(source, headers).read(section, count) : SymbolVersions.none();
                return checked(layout, strings, versions);
            }
        }
        return empty(dynamic);
    }

    /// The table with all names and section indexes checked.
    SymbolTable checked(SymbolLayout layout, StringTable strings, SymbolVersions versions) throws ElfFormatException {
        Bytes bytes = source.bytes();
        int[] files = new int[16];
        int fileCount = 0;
        long at = layout.offset();
        for (int i = 0; i < layout.count(); i++, at += SymbolEntry.SIZE) {
            strings.check(source, SymbolEntry.name(bytes, at), at);
            checkSectionIndex(layout, i, at);
            if (SymbolType.of(SymbolEntry.type(bytes, at)) == SymbolType.FILE) {
                if (fileCount == files.length) {
                    files = Arrays.copyOf(files, 2 * fileCount);
                }
                files[fileCount++] = i;
            }
        }
        return new SymbolTable(layout, bytes, strings, versions, Arrays.copyOf(files, fileCount));
    }

    private void checkSectionIndex(SymbolLayout layout, int symbol, long at) throws ElfFormatException {
        int index = SymbolEntry.shndx(source.bytes(), at);
        int sections = headers.sections().size();
        if (index == SymbolEntry.SHN_XINDEX) {
            // Read whenever a symbol says so, hence needed even where the index itself is not.
            if (layout.extended() < 0) {
                throw source.malformed(
                        at + SymbolEntry.ST_SHNDX,
                        "symbol " + symbol + " has its section index in another table, and there is none");
            }
            index = layout.extendedIndex(source.bytes(), symbol);
        } else if (index >= SymbolEntry.SHN_LORESERVE) {
            return;
        }
        // Tools that rewrite programs leave indexes of sections that are gone. No loader looks at them.
        boolean lost = Integer.compareUnsigned(index, sections) >= 0;
        if (lost && !headers.type().isLinked()) {
            throw source.malformed(
                    at + SymbolEntry.ST_SHNDX,
                    "symbol " + symbol + " is defined in section " + Integer.toUnsignedString(index) + " of "
                            + sections);
        }
    }

    /// Where the section indexes of a table lie that do not fit into its entries; -1 if there are none.
    private long extendedIndexes(Section table, int count) throws ElfFormatException {
        for (Section section : headers.sections()) {
            if (section.type() == Section.SHT_SYMTAB_SHNDX
                    && section.link() == table.index().value()) {
                if (section.size() / Integer.BYTES < count) {
                    throw source.malformed(
                            headers.field(section, SectionHeader.SH_SIZE),
                            "section " + section.index() + " holds the section indexes of " + count + " symbols in "
                                    + section.size() + " bytes");
                }
                return section.offset().value();
            }
        }
        return -1;
    }
}
