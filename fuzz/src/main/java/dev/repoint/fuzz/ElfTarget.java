package dev.repoint.fuzz;

import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.Note;
import dev.repoint.elf.PackedRelocations;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import dev.repoint.elf.Symbol;
import dev.repoint.elf.SymbolTable;
import java.lang.foreign.MemorySegment;

/// The reader of ELF files: any bytes are a format error, or a view that answers everything.
public final class ElfTarget {

    private ElfTarget() {}

    /// Reads bytes as a file, and asks for all of it.
    public static void fuzzerTestOneInput(byte[] bytes) {
        ElfFile file;
        try {
            file = ElfFile.of("fuzzed", MemorySegment.ofArray(bytes));
        } catch (ElfFormatException refused) {
            Expect.oneLine(refused);
            return;
        }
        sections(file);
        symbols(file, file.symbols());
        symbols(file, file.dynamicSymbols());
        relocations(file);
        for (Note note : file.notes()) {
            Expect.that(note.descriptor().byteSize() == note.descriptorBytes().length, "all of the note");
            Expect.that(!note.toString().isEmpty(), "a note that says what it is");
        }
        if (file.dynamic().isPresent()) {
            Dynamic dynamic = file.dynamic().get();
            long needed = dynamic.entries().stream()
                    .filter(each -> each.tag() == Dynamic.DT_NEEDED)
                    .count();
            Expect.that(needed == dynamic.needed().size(), "as many names as libraries");
        }
        file.buildId().ifPresent(id -> Expect.that(id.bytes().length > 0, "a build id with bytes"));
        Expect.that(!file.toString().isEmpty(), "a file that says what it is");
    }

    private static void sections(ElfFile file) {
        long all = file.bytes().byteSize();
        for (Section section : file.sections()) {
            if (section.hasBytes()) {
                file.bytes().asSlice(section.offset().value(), section.size());
            }
            Expect.that(file.section(section.name()).isPresent(), "a section of the name");
            file.sectionAt(section.address())
                    .ifPresent(found ->
                            Expect.that(found.contains(section.address()), "a section that holds the address"));
            Expect.that(file.patchableFunctionEntries(section).size() <= all, "fewer pads than bytes");
        }
        for (Segment segment : file.segments()) {
            file.offsetOf(segment.address()).ifPresent(offset -> {
                Expect.that(offset.value() < all, "an offset in the file");
                Expect.that(file.addressOf(offset).isPresent(), "an address of the offset");
            });
        }
        Expect.that(file.patchableFunctionEntries().size() <= all, "fewer pads than bytes");
    }

    private static void symbols(ElfFile file, SymbolTable table) {
        for (int i = 0; i < table.size(); i++) {
            Symbol symbol = table.get(i);
            if (table.isInSection(i)) {
                file.sections().get(symbol.sectionIndex());
            }
            Expect.that(symbol.isDefined() == table.isDefined(i), "one answer");
            Expect.that(!table.isDefaultVersion(i) || !table.isHiddenVersion(i), "one kind of version");
        }
        if (table.size() > 0) {
            int last = table.size() - 1;
            Expect.that(table.named(table.name(last)).getLast().index() == last, "the symbol of the name");
        }
    }

    private static void relocations(ElfFile file) {
        for (RelocationTable table : file.relocations()) {
            for (int i = 0; i < table.count(); i++) {
                int symbol = table.get(i).symbol();
                Expect.that(
                        symbol == 0 || table.symbols().get(symbol).index() == symbol, "the symbol of the relocation");
                file.bytes().asSlice(table.offsetOfEntry(i).value(), 24);
            }
        }
        PackedRelocations packed = file.packedRelocations();
        for (int i = 0; i < packed.count(); i++) {
            file.bytes().asSlice(packed.offsetOfWord(i).value(), 8);
            packed.addend(i);
        }
    }
}
