package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Finds the pads that `-fpatchable-function-entry` leaves: sections of pointers to them, in the file or by
/// relocations.
final class EntryPads {

    private static final String SECTION = "__patchable_function_entries";

    /// S + A: `R_X86_64_64`, `R_AARCH64_ABS64`.
    private final int absolute;
    /// B + A: `R_X86_64_RELATIVE`, `R_AARCH64_RELATIVE`.
    private final int relative;
    private final List<RelocationTable> relocations;
    private final Bytes bytes;
    private final List<Pad> pads = new ArrayList<>();

    private EntryPads(ElfMachine machine, List<RelocationTable> relocations, Bytes bytes) {
        this.relocations = relocations;
        this.bytes = bytes;
        this.absolute = switch (machine) {
            case X86_64 -> 1;
            case AARCH64 -> 257;
        };
        this.relative = switch (machine) {
            case X86_64 -> 8;
            case AARCH64 -> 1027;
        };
    }

    /// A place where a pad begins.
    ///
    /// @param section that holds it in a relocatable file; 0 in a linked one
    record Pad(int section, Address address) {}

    /// All pads, in the order of the pointers.
    static List<Pad> of(Headers headers, List<RelocationTable> relocations, Bytes bytes) {
        EntryPads reader = new EntryPads(headers.machine(), relocations, bytes);
        for (Section section : headers.sections()) {
            // Its pointers are words; a rest of less than one is nothing.
            if (section.name().equals(SECTION) && section.hasBytes() && !section.isCompressed()) {
                if (headers.type().isLinked()) {
                    reader.linked(section);
                } else {
                    reader.relocatable(section);
                }
            }
        }
        return Collections.unmodifiableList(reader.pads);
    }

    /// What the words hold, unless a relocation says what they will.
    private void linked(Section section) {
        int count = (int) Math.min(section.size() / Long.BYTES, Integer.MAX_VALUE - 16);
        long[] words = new long[count];
        for (int i = 0; i < count; i++) {
            words[i] = bytes.s64(section.offset().value() + (long) i * Long.BYTES);
        }
        for (RelocationTable table : relocations) {
            boolean loaded = table.section().isAllocated();
            if (loaded || table.target().isPresent() && table.target().get() == section) {
                overlay(table, section.address().value(), words);
            }
        }
        for (long word : words) {
            // A linker that drops a function leaves a pointer to nothing.
            if (word != 0) {
                pads.add(new Pad(0, new Address(word)));
            }
        }
    }

    private void overlay(RelocationTable table, long start, long[] words) {
        for (int i = 0; i < table.count(); i++) {
            long distance = table.offset(i) - start;
            if (distance >= 0 && distance >> 3 < words.length && (distance & 7) == 0) {
                int type = table.type(i);
                int symbol = table.symbol(i);
                if (type == relative) {
                    words[(int) (distance >> 3)] = table.addend(i);
                } else if (type == absolute && symbol != 0 && table.symbols().isDefined(symbol)) {
                    words[(int) (distance >> 3)] = table.symbols().value(symbol) + table.addend(i);
                }
            }
        }
    }

    private void relocatable(Section section) {
        for (RelocationTable table : relocations) {
            if (table.target().isPresent() && table.target().get() == section) {
                SymbolTable symbols = table.symbols();
                for (int i = 0; i < table.count(); i++) {
                    int symbol = table.symbol(i);
                    if (table.type(i) == absolute && symbol != 0 && symbols.isInSection(symbol)) {
                        pads.add(new Pad(
                                symbols.sectionIndex(symbol), new Address(symbols.value(symbol) + table.addend(i))));
                    }
                }
            }
        }
    }
}
