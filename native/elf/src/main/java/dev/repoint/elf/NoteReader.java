package dev.repoint.elf;

import dev.repoint.elf.raw.Bytes;
import dev.repoint.elf.raw.NoteHeader;
import dev.repoint.elf.raw.ProgramHeader;
import dev.repoint.elf.raw.SectionHeader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Reads notes (gABI chapter 5, "Note Section").
final class NoteReader {

    private final Source source;
    private final Bytes bytes;
    private final List<Note> notes = new ArrayList<>();

    private NoteReader(Source source) {
        this.source = source;
        this.bytes = source.bytes();
    }

    /// The notes of all sections; of all segments, if there are no section headers.
    static List<Note> read(Source source, Headers headers) throws ElfFormatException {
        NoteReader reader = new NoteReader(source);
        if (headers.sections().isEmpty()) {
            reader.readSegments(headers);
        }
        for (Section section : headers.sections()) {
            if (section.type() == Section.SHT_NOTE) {
                reader.readRange(
                        section.index(),
                        section.offset().value(),
                        section.size(),
                        section.alignment(),
                        headers.field(section, SectionHeader.SH_ADDRALIGN));
            }
        }
        return Collections.unmodifiableList(reader.notes);
    }

    private void readSegments(Headers headers) throws ElfFormatException {
        long field = headers.programTable() + ProgramHeader.P_ALIGN;
        long read = 0;
        for (Segment segment : headers.segments()) {
            long start = segment.offset().value();
            // Segments may share notes; linkers order them by their offsets.
            if (segment.type() == Segment.PT_NOTE && segment.fileSize() > 0 && start >= read) {
                readRange(new SectionIndex(0), start, segment.fileSize(), segment.alignment(), field);
                read = start + segment.fileSize();
            }
            field += ProgramHeader.SIZE;
        }
    }

    /// @param alignment of descriptors and of notes: 8, or 4, as smaller numbers are understood, too
    /// @param field     where it is given
    private void readRange(SectionIndex section, long start, long size, long alignment, long field)
            throws ElfFormatException {
        if (size == 0) {
            return;
        }
        if (Long.compareUnsigned(alignment, 8) > 0) {
            throw source.malformed(field, "notes are aligned to 4 or 8 bytes, not to " + Source.count(alignment));
        }
        long unit = alignment == 8 ? 8 : 4;
        long end = start + size;
        // Distances count from the start of the notes, which is aligned where it is loaded.
        for (long at = start; at < end; ) {
            if (end - at < NoteHeader.SIZE) {
                requireZeros(at, end);
                return;
            }
            long nameSize = NoteHeader.nameSize(bytes, at);
            long descriptorSize = NoteHeader.descriptorSize(bytes, at);
            long descriptor = start + align(at + NoteHeader.SIZE + nameSize - start, unit);
            // An empty descriptor is not looked at, so that padding may be missing before it.
            if (nameSize > end - at - NoteHeader.SIZE || descriptorSize > 0 && descriptorSize > end - descriptor) {
                throw source.malformed(
                        at,
                        "a note has a name of " + nameSize + " and a descriptor of " + descriptorSize + " bytes, where "
                                + (end - at) + " are left");
            }
            notes.add(new Note(
                    bytes,
                    section,
                    owner(at + NoteHeader.SIZE, nameSize),
                    NoteHeader.type(bytes, at),
                    Math.min(descriptor, end),
                    descriptorSize));
            at = start + align(descriptor + descriptorSize - start, unit);
        }
    }

    private String owner(long at, long size) throws ElfFormatException {
        source.spendName(at, size);
        return bytes.text(at, (int) bytes.lengthToZero(at, at + size));
    }

    private void requireZeros(long at, long end) throws ElfFormatException {
        for (long each = at; each < end; each++) {
            if (bytes.u8(each) != 0) {
                throw source.malformed(at, "the notes end inside the header of a note");
            }
        }
    }

    private static long align(long number, long unit) {
        return number + unit - 1 & -unit;
    }
}
