package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All units of a file (DWARF 5, section 7.5.1; versions 2 to 5).
final class Units {

    private static final int DW_UT_COMPILE = 1;
    private static final int DW_UT_TYPE = 2;
    private static final int DW_UT_PARTIAL = 3;
    /// Tables of abbreviations that overlap are read at most so many times.
    private static final int ABBREVIATIONS_PER_BYTE = 4;

    private final DebugSection abbreviationSection;
    private final Texts texts;
    private final Map<Long, Abbreviations> abbreviations = new HashMap<>();
    private long abbreviationsLeft;
    private final List<Unit> units = new ArrayList<>();
    private final Map<DebugSection, List<Unit>> bySection = new IdentityHashMap<>();
    private final Map<Long, Place> types = new HashMap<>();

    /// An entry and the unit that it is in.
    record Place(Unit unit, long offset) {}

    Units(DebugSections sections, Texts texts) throws ElfFormatException {
        this.texts = texts;
        this.abbreviationSection = sections.one("abbrev");
        this.abbreviationsLeft =
                ABBREVIATIONS_PER_BYTE * abbreviationSection.bytes().size();
        for (DebugSection section : sections.all("info")) {
            read(section, false);
        }
        for (DebugSection section : sections.all("types")) {
            read(section, true);
        }
        for (Unit unit : units) {
            List<Unit> others = bySection.get(unit.section());
            if (others == null) {
                others = new ArrayList<>();
                bySection.put(unit.section(), others);
            }
            others.add(unit);
        }
    }

    /// In the order of their sections.
    List<Unit> all() {
        return units;
    }

    /// The destination of a reference; null if it is not in this file.
    ///
    /// @param from the unit that it is in
    @Nullable
    Place follow(Unit from, Reference reference) throws ElfFormatException {
        if (reference.isSignature()) {
            return types.get(reference.value);
        }
        if (!reference.isPlace()) {
            return null;
        }
        if (from.contains(reference.value)) {
            return new Place(from, reference.value);
        }
        Unit unit = find(from.section(), reference.value);
        if (unit == null) {
            throw from.section()
                    .malformed(
                            from.start(),
                            "an entry refers to 0x" + Long.toHexString(reference.value) + ", where no unit is");
        }
        return new Place(unit, reference.value);
    }

    private @Nullable Unit find(DebugSection section, long place) {
        List<Unit> candidates = bySection.getOrDefault(section, List.of());
        int low = 0;
        int high = candidates.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (candidates.get(middle).start() <= place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && candidates.get(low - 1).contains(place) ? candidates.get(low - 1) : null;
    }

    private void read(DebugSection section, boolean areTypes) throws ElfFormatException {
        Cursor cursor = new Cursor(section, 0);
        while (cursor.hasMore()) {
            long start = cursor.at();
            UnitLength length = UnitLength.read(cursor);
            Cursor header = new Cursor(section, cursor.at());
            header.limit(length.value());
            cursor.skip(length.value());
            read(section, header, start, length.offsetSize(), areTypes);
        }
    }

    private void read(DebugSection section, Cursor header, long start, int offsetSize, boolean areTypes)
            throws ElfFormatException {
        int version = header.u16();
        if (version < 2 || version > 5) {
            return;
        }
        int kind = areTypes ? DW_UT_TYPE : DW_UT_COMPILE;
        int addressSize;
        long table;
        if (version >= 5) {
            kind = header.u8();
            addressSize = header.u8();
            table = header.offset(offsetSize);
        } else {
            table = header.offset(offsetSize);
            addressSize = header.u8();
        }
        long signature = 0;
        long type = 0;
        if (kind == DW_UT_TYPE) {
            signature = header.s64();
            type = start + header.offset(offsetSize);
        } else if (kind != DW_UT_COMPILE && kind != DW_UT_PARTIAL) {
            // Skeletons have their entries in another file.
            return;
        }
        Format format = new Format(version, offsetSize, addressSize);
        // The header of the offsets: length, version, padding.
        long textBase = offsetSize == Long.BYTES ? 16 : 8;
        Unit unit = new Unit(section, start, header.at(), header.end(), format, abbreviations(table), textBase);
        unit = withTextBase(unit);
        units.add(unit);
        if (kind == DW_UT_TYPE) {
            types.putIfAbsent(signature, new Place(unit, type));
        }
    }

    /// The first entry says where the offsets of texts begin, and is written before anything that needs them.
    private Unit withTextBase(Unit unit) throws ElfFormatException {
        Cursor cursor = unit.cursor(unit.entries());
        if (!cursor.hasMore()) {
            return unit;
        }
        long base = new Entry(texts).textBase(unit, cursor);
        return base < 0
                ? unit
                : new Unit(
                        unit.section(),
                        unit.start(),
                        unit.entries(),
                        unit.end(),
                        unit.format(),
                        unit.abbreviations(),
                        base);
    }

    private Abbreviations abbreviations(long offset) throws ElfFormatException {
        Abbreviations known = abbreviations.get(offset);
        if (known != null) {
            return known;
        }
        Cursor cursor = new Cursor(abbreviationSection, 0);
        cursor.to(offset);
        Abbreviations read = Abbreviations.read(cursor);
        abbreviationsLeft -= cursor.at() - offset;
        if (abbreviationsLeft < 0) {
            throw cursor.malformed("tables of abbreviations overlap");
        }
        abbreviations.put(offset, read);
        return read;
    }
}
