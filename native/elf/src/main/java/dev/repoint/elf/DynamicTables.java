package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.HashTables;
import dev.repoint.elf.raw.RelaEntry;
import dev.repoint.elf.raw.SymbolEntry;
import java.util.ArrayList;
import java.util.List;

/// Reads the tables of a file without section headers, through its dynamic section, as the loader does.
final class DynamicTables {

    /// How linkers name the sections of the two tables of relocations.
    private static final List<String> NAMES = List.of(".rela.dyn", ".rela.plt");

    private final Source source;
    private final Headers headers;
    private final AddressMap addresses;
    private final Dynamic dynamic;
    private final List<DynamicRange> relocations;

    DynamicTables(Source source, Headers headers, AddressMap addresses, Dynamic dynamic) throws ElfFormatException {
        this.source = source;
        this.headers = headers;
        this.addresses = addresses;
        this.dynamic = dynamic;
        this.relocations = List.of(range(Dynamic.DT_RELA, Dynamic.DT_RELASZ), procedureLinkage());
    }

    /// The symbols for the loader; only their hash table has their number.
    SymbolTable symbols(StringTable strings) throws ElfFormatException {
        Dynamic.Entry table = DynamicRange.entry(dynamic, Dynamic.DT_SYMTAB);
        SymbolReader reader = new SymbolReader(source, headers);
        if (table == null) {
            return reader.empty(true);
        }
        long field = table.offset().value() + Long.BYTES;
        int count = Headers.count(source, field, count());
        long offset = addresses.offsetOf(table.value(), (long) count * SymbolEntry.SIZE);
        if (offset < 0) {
            throw source.malformed(
                    field,
                    "the dynamic section has a table of " + count + " symbols at address " + Source.hex(table.value())
                            + ", which no segment loads from the file");
        }
        return reader.checked(new SymbolLayout(true, null, offset, count, -1, 0), strings, versions(strings, count));
    }

    /// The relocations for the loader.
    List<RelocationTable> relocations(SymbolTable symbols) throws ElfFormatException {
        RelocationReader reader = new RelocationReader(source, headers, symbols, symbols);
        List<RelocationTable> tables = new ArrayList<>();
        for (int i = 0; i < NAMES.size(); i++) {
            DynamicRange range = relocations.get(i);
            if (range.size() > 0) {
                Section section = new Section(
                        new SectionIndex(0),
                        NAMES.get(i),
                        Section.SHT_RELA,
                        Section.SHF_ALLOC,
                        new Address(range.address()),
                        new FileOffset(range.offset()),
                        range.size(),
                        0,
                        0,
                        Long.BYTES,
                        RelaEntry.SIZE);
                int count = Headers.count(source, range.field(), range.size() / RelaEntry.SIZE);
                tables.add(reader.checked(section, null, symbols, count));
            }
        }
        return List.copyOf(tables);
    }

    private long count() throws ElfFormatException {
        Dynamic.Entry plain = DynamicRange.entry(dynamic, Dynamic.DT_HASH);
        if (plain != null) {
            long at = hashTable(plain, HashTables.HASH_SIZE);
            return HashTables.chains(source.bytes(), at);
        }
        Dynamic.Entry gnu = DynamicRange.entry(dynamic, Dynamic.DT_GNU_HASH);
        return gnu != null ? gnuCount(gnu) : namedCount();
    }

    /// The chains of the GNU hash table are in the order of the symbols: the last one ends the table.
    private long gnuCount(Dynamic.Entry entry) throws ElfFormatException {
        Bytes bytes = source.bytes();
        long at = hashTable(entry, HashTables.GNU_SIZE);
        long left = addresses.bytesFrom(entry.value());
        long buckets = HashTables.gnuBuckets(bytes, at);
        long first = HashTables.gnuFirstSymbol(bytes, at);
        long bucketsStart = HashTables.GNU_SIZE + HashTables.gnuBloomWords(bytes, at) * Long.BYTES;
        long chains = bucketsStart + buckets * Integer.BYTES;
        if (chains > left) {
            throw truncated(entry);
        }
        long last = 0;
        for (long i = 0; i < buckets; i++) {
            last = Math.max(last, bytes.u32(at + bucketsStart + i * Integer.BYTES));
        }
        if (last < first) {
            // An empty table: the file defines no symbols for others, and describes none of those that it needs.
            return Math.max(first, namedCount());
        }
        // Not more than 2^32 symbols, so the products stay far from overflowing.
        for (long chain = chains + (last - first) * Integer.BYTES; ; chain += Integer.BYTES, last++) {
            if (chain > left - Integer.BYTES) {
                throw truncated(entry);
            }
            if ((bytes.s32(at + chain) & 1) != 0) {
                return last + 1;
            }
        }
    }

    /// Without a hash table, the symbols that relocations name are all that can be known.
    private long namedCount() {
        long count = 1;
        for (DynamicRange range : relocations) {
            for (long at = range.offset(), end = at + range.size(); at < end; at += RelaEntry.SIZE) {
                count = Math.max(count, Integer.toUnsignedLong(RelaEntry.symbol(source.bytes(), at)) + 1);
            }
        }
        return count;
    }

    private long hashTable(Dynamic.Entry entry, int size) throws ElfFormatException {
        long at = addresses.offsetOf(entry.value(), size);
        if (at < 0) {
            throw truncated(entry);
        }
        return at;
    }

    private ElfFormatException truncated(Dynamic.Entry entry) {
        return source.malformed(
                entry.offset().value() + Long.BYTES,
                "the dynamic section has a hash table at address " + Source.hex(entry.value())
                        + ", which no segment loads whole from the file");
    }

    private SymbolVersions versions(StringTable strings, int count) throws ElfFormatException {
        Dynamic.Entry versym = DynamicRange.entry(dynamic, Dynamic.DT_VERSYM);
        if (versym == null) {
            return SymbolVersions.none();
        }
        VersionReader reader = new VersionReader(source, headers);
        Dynamic.Entry needed = DynamicRange.entry(dynamic, Dynamic.DT_VERNEED);
        if (needed != null) {
            reader.needed(restOfSegment(needed), number(Dynamic.DT_VERNEEDNUM), strings);
        }
        Dynamic.Entry defined = DynamicRange.entry(dynamic, Dynamic.DT_VERDEF);
        if (defined != null) {
            reader.defined(restOfSegment(defined), number(Dynamic.DT_VERDEFNUM), strings);
        }
        long offset = addresses.offsetOf(versym.value(), (long) count * Short.BYTES);
        if (offset < 0) {
            throw source.malformed(
                    versym.offset().value() + Long.BYTES,
                    "the dynamic section has versions of " + count + " symbols at address " + Source.hex(versym.value())
                            + ", which no segment loads from the file");
        }
        return reader.checked(offset, count);
    }

    private VersionReader.Range restOfSegment(Dynamic.Entry entry) throws ElfFormatException {
        long size = addresses.bytesFrom(entry.value());
        if (size == 0) {
            throw source.malformed(
                    entry.offset().value() + Long.BYTES,
                    "the dynamic section has symbol versions at " + "address " + Source.hex(entry.value())
                            + ", which no segment loads from the file");
        }
        long start = addresses.offsetOf(entry.value(), 1);
        return new VersionReader.Range(start, start + size);
    }

    /// More than fit into 32 bits are too many in any case.
    private int number(long tag) {
        long number = dynamic.value(tag).orElse(0);
        return number >>> Integer.SIZE != 0 ? -1 : (int) number;
    }

    private DynamicRange range(long address, long size) throws ElfFormatException {
        return DynamicRange.of(source, addresses, dynamic, address, size, RelaEntry.SIZE);
    }

    /// The relocations of the procedure linkage table, without those that are counted among the others, too.
    private DynamicRange procedureLinkage() throws ElfFormatException {
        Dynamic.Entry kind = DynamicRange.entry(dynamic, Dynamic.DT_PLTREL);
        if (kind != null && kind.value() != Dynamic.DT_RELA) {
            throw source.malformed(
                    kind.offset().value() + Long.BYTES,
                    "the procedure linkage table has relocations of " + "kind " + Source.count(kind.value())
                            + "; on this machine they have addends (7)");
        }
        DynamicRange others = range(Dynamic.DT_RELA, Dynamic.DT_RELASZ);
        DynamicRange own = range(Dynamic.DT_JMPREL, Dynamic.DT_PLTRELSZ);
        boolean counted = own.offset() >= others.offset() && own.offset() < others.offset() + others.size();
        return counted ? new DynamicRange(own.address(), own.offset(), 0, own.field()) : own;
    }
}
