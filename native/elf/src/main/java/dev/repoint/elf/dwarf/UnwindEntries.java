package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;

/// The unwind entries of a linked file (`.eh_frame`), in the order of addresses. Compilers write one for each
/// function, and `strip` leaves them: where names are gone, they tell where functions start and end.
///
/// Immutable and thread-safe. It is read whole, and each entry is read again when it is asked for.
public final class UnwindEntries {

    /// What [#containing] gives where there is none.
    public static final int NONE = -1;

    private static final int PT_GNU_EH_FRAME = 0x6474_e550;

    private final UnwindReader reader;
    private final long[] starts;
    private final long[] ends;
    private final long[] offsets;

    private UnwindEntries(UnwindReader reader, long[][] found) {
        this.reader = reader;
        this.starts = found[0];
        this.ends = found[1];
        this.offsets = found[2];
    }

    /// The entries of a file; none if it has no such section, or is relocatable.
    ///
    /// @throws ElfFormatException if the section is malformed
    public static UnwindEntries of(ElfFile file) throws ElfFormatException {
        UnwindReader reader = new UnwindReader(section(file));
        return new UnwindEntries(reader, reader.sorted());
    }

    private static UnwindSection section(ElfFile file) throws ElfFormatException {
        if (!file.type().isLinked()) {
            return UnwindSection.of(file, 0, 0, 0);
        }
        for (Section section : file.sections()) {
            if (section.name().equals(".eh_frame") && section.hasBytes() && !section.isCompressed()) {
                return UnwindSection.of(
                        file, section.address().value(), section.offset().value(), section.size());
            }
        }
        for (Segment segment : file.segments()) {
            if (segment.type() == PT_GNU_EH_FRAME && segment.fileSize() > 4) {
                return byHeader(file, segment);
            }
        }
        return UnwindSection.of(file, 0, 0, 0);
    }

    /// Where section headers are gone: the header of the table says where it begins. It ends where its segment
    /// does, or before, with a zero.
    private static UnwindSection byHeader(ElfFile file, Segment header) throws ElfFormatException {
        long address = header.address().value();
        UnwindSection bytes = UnwindSection.of(file, address, header.offset().value(), header.fileSize());
        Cursor cursor = bytes.cursor(0);
        cursor.u8(); // version
        int encoding = cursor.u8();
        cursor.skip(2); // encodings of what follows
        if (encoding == PointerEncoding.OMITTED) {
            return UnwindSection.of(file, 0, 0, 0);
        }
        long start = PointerEncoding.read(cursor, encoding, address, address);
        for (Segment segment : file.segments()) {
            long distance = start - segment.address().value();
            if (segment.isLoaded() && distance >= 0 && distance < segment.fileSize()) {
                return UnwindSection.of(
                        file, start, segment.offset().value() + distance, segment.fileSize() - distance);
            }
        }
        return UnwindSection.of(file, 0, 0, 0);
    }

    /// How many there are.
    public int count() {
        return starts.length;
    }

    /// The address of the first instruction of an entry.
    ///
    /// @param index from 0 to [#count] exclusive, in the order of starts
    public long start(int index) {
        return starts[index];
    }

    /// The address behind the last instruction of an entry.
    public long end(int index) {
        return ends[index];
    }

    /// The first entry that starts at an address or behind it; [#count] if there is none.
    public int from(long address) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = low + high >>> 1;
            if (Long.compareUnsigned(starts[middle], address) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The entry that describes the instruction at an address, or [#NONE].
    public int containing(long address) {
        int next = from(address);
        if (next < starts.length && starts[next] == address) {
            return next;
        }
        boolean inside = next > 0 && Long.compareUnsigned(address, ends[next - 1]) < 0;
        return inside ? next - 1 : NONE;
    }

    /// An entry, whole.
    ///
    /// @throws ElfFormatException if it is malformed beyond its place
    public UnwindEntry get(int index) throws ElfFormatException {
        return reader.whole(offsets[index]);
    }

    @Override
    public String toString() {
        return "unwind entries: " + starts.length;
    }
}
