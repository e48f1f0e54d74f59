package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.CompressionHeader;
import dev.repoint.elf.raw.RelaEntry;
import dev.repoint.elf.raw.SectionHeader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads relocation tables: checks every entry once, so that the table can be used without checks.
final class RelocationReader {

    private final Source source;
    private final Headers headers;
    private final SymbolTable symbols;
    private final SymbolTable dynamicSymbols;

    RelocationReader(Source source, Headers headers, SymbolTable symbols, SymbolTable dynamicSymbols) {
        this.source = source;
        this.headers = headers;
        this.symbols = symbols;
        this.dynamicSymbols = dynamicSymbols;
    }

    /// All tables that have section headers, in their order.
    List<RelocationTable> read() throws ElfFormatException {
        List<RelocationTable> tables = new ArrayList<>();
        for (Section section : headers.sections()) {
            if (section.type() == Section.SHT_RELA) {
                int count = headers.entries(source, section, RelaEntry.SIZE);
                tables.add(checked(section, target(section), symbolsOf(section), count));
            }
        }
        return List.copyOf(tables);
    }

    /// The table with all symbols and offsets checked.
    ///
    /// @param section whose entries lie in the file
    RelocationTable checked(Section section, @Nullable Section target, SymbolTable named, int count)
            throws ElfFormatException {
        Bytes bytes = source.bytes();
        long last = target == null || headers.type().isLinked() ? -1 : sizeOf(target);
        long at = section.offset().value();
        for (int i = 0; i < count; i++, at += RelaEntry.SIZE) {
            int symbol = RelaEntry.symbol(bytes, at);
            if (symbol != 0 && Integer.compareUnsigned(symbol, named.size()) >= 0) {
                throw source.malformed(
                        at + RelaEntry.R_INFO,
                        "relocation " + i + " of " + described(section) + " names symbol "
                                + Integer.toUnsignedString(symbol) + " of " + named.size());
            }
            // As unsigned numbers: with no limit, all are in range.
            if (Long.compareUnsigned(RelaEntry.offset(bytes, at), last) > 0) {
                throw source.malformed(
                        at,
                        "relocation " + i + " of " + described(section) + " is about offset "
                                + Source.hex(RelaEntry.offset(bytes, at)) + " of a section of " + last + " bytes");
            }
        }
        return new RelocationTable(bytes, section, target, named, count);
    }

    private static String described(Section section) {
        return "section " + section.index() + " " + Source.quoted(section.name());
    }

    /// How many bytes the entries are about: those before compression.
    private long sizeOf(Section target) {
        // Older tools compress without a flag; the size is in a header of theirs.
        if (target.name().startsWith(".zdebug_")) {
            return -1;
        }
        boolean compressed = target.isCompressed() && target.hasBytes() && target.size() >= CompressionHeader.SIZE;
        return compressed
                ? CompressionHeader.size(source.bytes(), target.offset().value())
                : target.size();
    }

    private @Nullable Section target(Section table) throws ElfFormatException {
        if (table.info() == 0) {
            return null;
        }
        if (Integer.compareUnsigned(table.info(), headers.sections().size()) >= 0) {
            throw source.malformed(
                    headers.field(table, SectionHeader.SH_INFO),
                    described(table)
                            + " is about section " + Integer.toUnsignedString(table.info()) + " of "
                            + headers.sections().size());
        }
        return headers.sections().get(table.info());
    }

    private static boolean isTable(SymbolTable table, Section section) {
        return table.section().isPresent() && table.section().get() == section;
    }

    private SymbolTable symbolsOf(Section table) throws ElfFormatException {
        if (table.link() == 0) {
            return new SymbolReader(source, headers).empty(headers.type().isLinked());
        }
        Section linked = headers.linked(source, table);
        if (isTable(symbols, linked)) {
            return symbols;
        }
        if (isTable(dynamicSymbols, linked)) {
            return dynamicSymbols;
        }
        throw source.malformed(
                headers.linkField(table),
                described(table) + " links to section " + linked.index() + ", which is not the symbol table");
    }
}
