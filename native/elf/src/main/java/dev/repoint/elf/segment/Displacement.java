package dev.repoint.elf.segment;

import dev.repoint.elf.Address;
import dev.repoint.elf.Dynamic;
import dev.repoint.elf.ElfException;
import dev.repoint.elf.ElfFile;
import dev.repoint.elf.FileOffset;
import dev.repoint.elf.Section;
import dev.repoint.elf.Segment;
import java.lang.foreign.ValueLayout;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.TreeSet;

/// The sections that make room for one more program header.
///
/// The table of program headers stays where it is, behind the header of the file: strip puts it there again, and older
/// kernels look for it there. What follows the table moves into the new segment, as patchelf does it. Only sections move
/// that are found through a header or through the dynamic section, so that no code knows their address:
///
/// | section | found through |
/// | --- | --- |
/// | `.interp` | `PT_INTERP` |
/// | notes | `PT_NOTE`, `PT_GNU_PROPERTY`; all notes of one segment move together |
/// | `.gnu.hash`, `.hash`, `.dynsym`, `.dynstr` | `DT_GNU_HASH`, `DT_HASH`, `DT_SYMTAB`, `DT_STRTAB` |
final class Displacement {

    private static final int SHT_HASH = 5;
    private static final int SHT_GNU_HASH = 0x6fff_fff6;
    private static final int PT_GNU_PROPERTY = 0x6474_e553;

    private final ElfFile file;
    private final TreeSet<Section> moved;
    private final Map<Integer, Address> places = new LinkedHashMap<>();
    private long end;

    private Displacement(ElfFile file, TreeSet<Section> moved) {
        this.file = file;
        this.moved = moved;
    }

    /// Finds the sections.
    ///
    /// @param from the offset of the first byte that is needed
    /// @param to   the offset behind the last one
    /// @throws ElfException if something stands there that cannot move
    static Displacement of(ElfFile file, long from, long to, Address start) throws ElfException {
        Displacement result = new Displacement(
                file,
                new TreeSet<>((one, other) -> Long.compareUnsigned(
                        one.offset().value(), other.offset().value())));
        for (Section section : file.sections()) {
            if (section.hasBytes() && section.size() > 0 && result.overlaps(section, from, to)) {
                result.add(section);
            }
        }
        result.place(start);
        return result;
    }

    private boolean overlaps(Section section, long from, long to) {
        long start = section.offset().value();
        return start < to && start + section.size() > from;
    }

    /// Adds a section, and all of the segment of notes that it belongs to.
    private void add(Section section) throws ElfException {
        if (!section.isAllocated()
                || !isInterpreter(section) && section.type() != Section.SHT_NOTE && tag(section) == 0) {
            throw new ElfException(file.name() + ": there is no room for another program header: the section "
                    + section.name() + " follows the table, and cannot be moved");
        }
        if (!moved.add(section)) {
            return;
        }
        for (Segment segment : file.segments()) {
            if (isNote(segment) && holds(segment, section)) {
                for (Section other : file.sections()) {
                    if (other.isAllocated() && other.size() > 0 && holds(segment, other)) {
                        add(other);
                    }
                }
            }
        }
    }

    private void place(Address start) {
        end = start.value();
        for (Section section : moved) {
            long alignment = Math.max(1, section.alignment());
            end = (end + alignment - 1) / alignment * alignment;
            places.put(section.index().value(), new Address(end));
            end += section.size();
        }
    }

    /// The address behind the last one.
    Address end() {
        return new Address(end);
    }

    /// The sections that move, in the order of their places.
    SortedSet<Section> sections() {
        return Collections.unmodifiableSortedSet(moved);
    }

    /// Where a section is loaded from now on.
    ///
    /// @return empty if it stays
    OptionalLong place(Section section) {
        Address place = places.get(section.index().value());
        return place == null ? OptionalLong.empty() : OptionalLong.of(place.value());
    }

    /// Where a segment that consists of moved sections begins from now on.
    ///
    /// @return empty if it stays
    OptionalLong place(Segment segment) {
        for (Section section : moved) {
            boolean begins = section.offset().equals(segment.offset());
            if (begins && (segment.type() == Segment.PT_INTERP || isNote(segment))) {
                return place(section);
            }
        }
        return OptionalLong.empty();
    }

    /// Puts the bytes of the sections where they are loaded.
    ///
    /// @param content of the new segment, which begins at an address
    void copy(byte[] content, Address start) {
        for (Section section : moved) {
            byte[] bytes = file.bytes()
                    .asSlice(section.offset().value(), section.size())
                    .toArray(ValueLayout.JAVA_BYTE);
            int at = (int) (place(section).orElseThrow() - start.value());
            System.arraycopy(bytes, 0, content, at, bytes.length);
        }
    }

    /// The entries of the dynamic section that name moved sections, with their new values.
    Map<FileOffset, Address> tags() {
        Map<FileOffset, Address> changed = new LinkedHashMap<>();
        for (Section section : moved) {
            long tag = tag(section);
            List<Dynamic.Entry> entries =
                    tag == 0 ? List.of() : file.dynamic().orElseThrow().entries();
            for (Dynamic.Entry each : entries) {
                if (each.tag() == tag) {
                    changed.put(
                            each.offset().plus(Long.BYTES),
                            places.get(section.index().value()));
                }
            }
        }
        return changed;
    }

    private boolean isInterpreter(Section section) {
        return file.segments().stream()
                .anyMatch(each ->
                        each.type() == Segment.PT_INTERP && each.offset().equals(section.offset()));
    }

    private static boolean isNote(Segment segment) {
        return segment.type() == Segment.PT_NOTE || segment.type() == PT_GNU_PROPERTY;
    }

    private static boolean holds(Segment segment, Section section) {
        long distance = section.offset().value() - segment.offset().value();
        return distance >= 0 && distance < segment.fileSize();
    }

    /// The tag of the dynamic section that has the address of a section; 0 if there is none.
    private long tag(Section section) {
        long tag = switch (section.type()) {
            case SHT_HASH -> Dynamic.DT_HASH;
            case SHT_GNU_HASH -> Dynamic.DT_GNU_HASH;
            case Section.SHT_DYNSYM -> Dynamic.DT_SYMTAB;
            case Section.SHT_STRTAB -> Dynamic.DT_STRTAB;
            default -> 0;
        };
        OptionalLong value = tag == 0
                ? OptionalLong.empty()
                : file.dynamic().map(each -> each.value(tag)).orElse(OptionalLong.empty());
        return value.isPresent() && value.getAsLong() == section.address().value() ? tag : 0;
    }
}
