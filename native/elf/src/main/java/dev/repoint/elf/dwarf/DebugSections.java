package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.RelocationTable;
import dev.repoint.elf.Section;
import dev.repoint.elf.SymbolTable;
import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.CompressionHeader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds sections of debug information, and makes their contents plain.
final class DebugSections {

    /// What sections compressed by older tools begin with; then the size follows, in 8 bytes, big-endian.
    private static final int OLD_MAGIC = 0x42_49_4c_5a; // ZLIB
    private static final int OLD_HEADER = 12;

    private final ElfFile file;
    private final Bytes bytes;

    DebugSections(ElfFile file) {
        this.file = file;
        this.bytes = Bytes.of(file.bytes());
    }

    /// The first section with a name, without bytes if there is none.
    ///
    /// @param name without the `.debug_` at its start
    DebugSection one(String name) throws ElfFormatException {
        List<DebugSection> found = all(name);
        return found.isEmpty() ? plain(name, Bytes.of(ByteBuffer.allocate(0)), 0, false) : found.getFirst();
    }

    /// All sections with a name; a relocatable file can have several.
    List<DebugSection> all(String name) throws ElfFormatException {
        List<DebugSection> found = new ArrayList<>();
        for (Section section : file.sections()) {
            if (!section.hasBytes() || section.size() == 0) {
                continue;
            }
            if (section.name().equals(".debug_" + name)) {
                if (!section.isCompressed()) {
                    found.add(uncompressed(section));
                } else if (isZlib(section)) {
                    found.add(inflated(
                            section,
                            CompressionHeader.SIZE,
                            CompressionHeader.size(bytes, section.offset().value())));
                }
            } else if (section.name().equals(".zdebug_" + name)
                    && section.size() >= OLD_HEADER
                    && bytes.s32(section.offset().value()) == OLD_MAGIC) {
                found.add(inflated(
                        section,
                        OLD_HEADER,
                        Long.reverseBytes(bytes.s64(section.offset().value() + 4))));
            }
        }
        return found;
    }

    private boolean isZlib(Section section) throws ElfFormatException {
        if (section.size() < CompressionHeader.SIZE) {
            throw new ElfFormatException(
                    file.name(),
                    section.offset(),
                    "section " + section.index() + " is compressed, but has only " + section.size() + " bytes");
        }
        return CompressionHeader.type(bytes, section.offset().value()) == CompressionHeader.ELFCOMPRESS_ZLIB;
    }

    private DebugSection uncompressed(Section section) throws ElfFormatException {
        long start = section.offset().value();
        if (file.type().isLinked()) {
            return plain(section.name(), bytes.part(start, section.size()), start, false);
        }
        if (section.size() > Inflated.LARGEST) {
            throw new ElfFormatException(
                    file.name(),
                    section.offset(),
                    "section " + section.index() + " has " + section.size()
                            + " bytes of debug information; Repoint reads up to " + Inflated.LARGEST);
        }
        return relocated(section, bytes.array(start, (int) section.size()));
    }

    private DebugSection inflated(Section section, int header, long size) throws ElfFormatException {
        long start = section.offset().value() + header;
        byte[] plain = Inflated.of(file.name(), bytes, start, section.size() - header, size);
        return file.type().isLinked()
                ? plain(
                        section.name(),
                        Bytes.of(ByteBuffer.wrap(plain)),
                        section.offset().value(),
                        true)
                : relocated(section, plain);
    }

    private DebugSection plain(String name, Bytes contents, long start, boolean isCopy) {
        return new DebugSection(file.name(), name, contents, start, isCopy, new long[0], new int[0]);
    }

    /// Writes what the relocations of a section say into its contents.
    private DebugSection relocated(Section section, byte[] contents) {
        ByteBuffer buffer = ByteBuffer.wrap(contents).order(ByteOrder.LITTLE_ENDIAN);
        long[] places = new long[16];
        int[] sections = new int[16];
        int count = 0;
        boolean sorted = true;
        for (RelocationTable table : file.relocations()) {
            if (table.target().isEmpty() || table.target().get() != section) {
                continue;
            }
            SymbolTable symbols = table.symbols();
            for (int i = 0; i < table.count(); i++) {
                int symbol = table.symbol(i);
                long place = table.offset(i);
                long value = (symbol == 0 ? 0 : symbols.value(symbol)) + table.addend(i);
                int width = width(table.type(i));
                if (width == 0 || place < 0 || place > contents.length - width) {
                    continue;
                }
                if (width == Integer.BYTES) {
                    buffer.putInt((int) place, (int) value);
                    continue;
                }
                buffer.putLong((int) place, value);
                if (symbol != 0 && symbols.isInSection(symbol)) {
                    if (count == places.length) {
                        places = Arrays.copyOf(places, 2 * count);
                        sections = Arrays.copyOf(sections, 2 * count);
                    }
                    sorted &= count == 0 || places[count - 1] < place;
                    places[count] = place;
                    sections[count++] = symbols.sectionIndex(symbol);
                }
            }
        }
        // Assemblers write them in the order of places. Where they do not, addresses have no section.
        int kept = sorted ? count : 0;
        return new DebugSection(
                file.name(),
                section.name(),
                Bytes.of(buffer),
                section.offset().value(),
                true,
                Arrays.copyOf(places, kept),
                Arrays.copyOf(sections, kept));
    }

    /// How many bytes a relocation writes: S + A in all that debug information has; 0 for types that are not
    /// used there.
    private int width(int type) {
        return switch (file.machine()) {
            case X86_64 ->
                switch (type) {
                    case 1 -> Long.BYTES; // R_X86_64_64
                    case 10, 11 -> Integer.BYTES; // R_X86_64_32, R_X86_64_32S
                    default -> 0;
                };
            case AARCH64 ->
                switch (type) {
                    case 257 -> Long.BYTES; // R_AARCH64_ABS64
                    case 258 -> Integer.BYTES; // R_AARCH64_ABS32
                    default -> 0;
                };
        };
    }
}
