package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.FileHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An ELF file: the one view of everything that Repoint knows of it.
///
/// Relocatable objects, programs and shared libraries, 64-bit and little-endian, for x86-64 and AArch64.
/// Everything is checked when it is read, once; from then on nothing here throws. What names refer to (strings,
/// symbols, sections) lies in the file, and no header makes a reader use more memory than a small multiple of
/// the file's size.
///
/// It is a view of bytes: immutable and thread-safe as long as they are. A file of up to 8 MiB is copied when
/// it is read, so that nothing changes the view. A larger one is mapped. Replacing it by a rename, as Repoint
/// does, leaves the mapping as it was. If it is changed in place, the view gives unchecked values,
/// and may throw; if it shrinks, the JVM throws an [InternalError] where bytes are missing.
public final class ElfFile {

    private final Source source;
    private final Headers headers;
    private final AddressMap addresses;
    private final SectionMap sectionMap;
    private final SymbolTable symbols;
    private final SymbolTable dynamicSymbols;
    private final List<RelocationTable> relocations;
    private final PackedRelocations packedRelocations;
    private final List<Note> notes;
    private final Optional<BuildId> buildId;
    private final @Nullable Dynamic dynamic;

    private ElfFile(Source source) throws ElfFormatException {
        this.source = source;
        this.headers = HeaderReader.read(source);
        this.addresses = AddressMap.of(source, headers);
        this.sectionMap = SectionMap.of(headers);
        DynamicReader dynamicReader = new DynamicReader(source, addresses);
        this.dynamic = dynamicReader.read(headers);
        SymbolReader reader = new SymbolReader(source, headers);
        this.symbols = reader.read(Section.SHT_SYMTAB);
        if (headers.sections().isEmpty() && dynamic != null) {
            DynamicTables tables = new DynamicTables(source, headers, addresses, dynamic);
            this.dynamicSymbols = tables.symbols(dynamicReader.strings(dynamic.entries()));
            this.relocations = tables.relocations(dynamicSymbols);
        } else {
            this.dynamicSymbols = reader.read(Section.SHT_DYNSYM);
            this.relocations = new RelocationReader(source, headers, symbols, dynamicSymbols).read();
        }
        this.packedRelocations = new PackedReader(source, addresses).read(headers, dynamic);
        this.notes = NoteReader.read(source, headers);
        this.buildId = BuildId.of(notes);
    }

    /// Whether a path names a regular file that begins as ELF files do. Reads nothing else.
    ///
    /// @throws IOException if there is no such file, or it cannot be read
    public static boolean looksLikeElf(Path path) throws IOException {
        return FileBytes.startsWith(path, FileHeader.MAGIC);
    }

    /// Reads a file: copies a small one, maps a large one.
    ///
    /// @throws ElfFormatException if it is not an ELF file that Repoint reads
    /// @throws ElfException       if there is no such file, or it is not a regular one, or cannot be read
    public static ElfFile read(Path path) throws ElfException {
        String name = path.toString();
        Bytes bytes = FileBytes.of(path);
        try {
            return new ElfFile(new Source(name, bytes));
        } catch (InternalError shrunk) {
            throw new ElfException(name + ": the file got shorter while it was read; read it again", shrunk);
        }
    }

    /// Reads bytes, without copying them.
    ///
    /// @param name  what messages call it
    /// @param bytes the whole file, in native memory or a byte array; they must not change, and be accessible
    ///     where the result is used
    /// @throws ElfFormatException if they are not an ELF file that Repoint reads
    public static ElfFile of(String name, MemorySegment bytes) throws ElfFormatException {
        return new ElfFile(new Source(name, Bytes.of(bytes)));
    }

    /// What messages call it: its path, as it was given.
    public String name() {
        return source.name();
    }

    /// All its bytes, read-only.
    public MemorySegment bytes() {
        return source.bytes().segment();
    }

    /// What it is for.
    public ElfType type() {
        return headers.type();
    }

    /// The instruction set of its code.
    public ElfMachine machine() {
        return headers.machine();
    }

    /// Where a program starts; 0 if it does not.
    public Address entry() {
        return headers.entry();
    }

    /// All sections by their index, with the one at index 0 that stands for none; empty without section
    /// headers.
    public List<Section> sections() {
        return headers.sections();
    }

    /// The first section with a name.
    public Optional<Section> section(String name) {
        for (Section section : headers.sections()) {
            if (section.name().equals(name)) {
                return Optional.of(section);
            }
        }
        return Optional.empty();
    }

    /// The section that holds an address of a linked file; empty in relocatable files.
    public Optional<Section> sectionAt(Address address) {
        return sectionMap.at(address);
    }

    /// All segments, in the order of their table; empty in relocatable files.
    public List<Segment> segments() {
        return headers.segments();
    }

    /// The symbols for linking (`.symtab`); an empty table if the file is stripped.
    public SymbolTable symbols() {
        return symbols;
    }

    /// The symbols for the loader (`.dynsym`); an empty table if there are none.
    public SymbolTable dynamicSymbols() {
        return dynamicSymbols;
    }

    /// Every table of relocations with addends, in the order of the sections; without section headers, those
    /// that the dynamic section names.
    public List<RelocationTable> relocations() {
        return relocations;
    }

    /// The relative relocations that are packed (`-z pack-relative-relocs`); an empty table if there are none.
    public PackedRelocations packedRelocations() {
        return packedRelocations;
    }

    /// Its identity, if the linker gave it one.
    public Optional<BuildId> buildId() {
        return buildId;
    }

    /// All notes: of its sections, or of its segments if it has no section headers.
    public List<Note> notes() {
        return notes;
    }

    /// The dynamic section, if a loader is to load it.
    public Optional<Dynamic> dynamic() {
        return Optional.ofNullable(dynamic);
    }

    /// Where the pads begin that `-fpatchable-function-entry` leaves at functions, in the order of the pointers
    /// to them; in relocatable files they count from the start of their section. Empty without section headers.
    /// Each call reads them anew.
    public List<Address> patchableFunctionEntries() {
        List<Address> entries = new ArrayList<>();
        for (EntryPads.Pad pad : EntryPads.of(headers, relocations, source.bytes())) {
            entries.add(pad.address());
        }
        return Collections.unmodifiableList(entries);
    }

    /// The [pads][#patchableFunctionEntries] that lie in a section of this file.
    public List<Address> patchableFunctionEntries(Section section) {
        List<Address> entries = new ArrayList<>();
        for (EntryPads.Pad pad : EntryPads.of(headers, relocations, source.bytes())) {
            boolean inside = type().isLinked()
                    ? section.contains(pad.address())
                    : pad.section() == section.index().value();
            if (inside) {
                entries.add(pad.address());
            }
        }
        return Collections.unmodifiableList(entries);
    }

    /// Where the byte at an address of a linked file lies; empty if no segment loads it from the file, and in
    /// relocatable files.
    public Optional<FileOffset> offsetOf(Address address) {
        long offset = addresses.offsetOf(address.value(), 1);
        return offset < 0 ? Optional.empty() : Optional.of(new FileOffset(offset));
    }

    /// The address at which a byte of a linked file is loaded, the lowest if there are several; empty if it is
    /// not loaded, and in relocatable files.
    public Optional<Address> addressOf(FileOffset offset) {
        return Optional.ofNullable(addresses.addressOf(offset.value()));
    }

    /// Whether it is a position-independent program, and not a library.
    public boolean isPie() {
        return dynamic != null
                && type() == ElfType.SHARED
                && (dynamic.isPie() || dynamic.soname().isEmpty() && headers.hasSegment(Segment.PT_INTERP));
    }

    /// Name, type and machine.
    @Override
    public String toString() {
        return name() + ": " + machine().text() + " " + type().text();
    }
}
