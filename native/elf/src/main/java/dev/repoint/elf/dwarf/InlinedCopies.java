package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Units.Place;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often functions were copied into their callers, as debug information says (DWARF 5, section 3.3.8,
/// "Inlined Subroutines"). Immutable and thread-safe.
///
/// It is read whole: the time that it takes grows with the debug information.
public final class InlinedCopies {

    private static final int DW_TAG_INLINED_SUBROUTINE = 0x1d;
    /// A copy refers to an abstract function, and that to its declaration: never further than this.
    private static final int LONGEST_WAY = 16;

    private final Map<String, Integer> counts = new HashMap<>();

    private InlinedCopies() {}

    /// The copies in the code of a file; none if it has no debug information.
    ///
    /// @throws ElfFormatException if it is malformed
    public static InlinedCopies of(ElfFile file) throws ElfFormatException {
        DebugSections sections = new DebugSections(file);
        Texts texts = new Texts(file, sections);
        Units units = new Units(sections, texts);
        InlinedCopies copies = new InlinedCopies();
        Map<Long, Place> places = new HashMap<>();
        Map<Long, Integer> byOrigin = new HashMap<>();
        Entry entry = new Entry(texts);
        for (Unit unit : units.all()) {
            Cursor cursor = unit.cursor(unit.entries());
            while (cursor.hasMore()) {
                long place = cursor.at();
                if (entry.pass(unit, cursor) && entry.tag == DW_TAG_INLINED_SUBROUTINE) {
                    entry.read(unit, unit.cursor(place));
                    Place origin = units.follow(unit, entry.origin);
                    if (origin != null) {
                        byOrigin.merge(origin.offset(), 1, Integer::sum);
                        places.putIfAbsent(origin.offset(), origin);
                    }
                }
            }
        }
        for (Map.Entry<Long, Place> each : places.entrySet()) {
            String name = name(units, texts, entry, each.getValue());
            if (!name.isEmpty()) {
                copies.counts.merge(name, byOrigin.getOrDefault(each.getKey(), 0), Integer::sum);
            }
        }
        return copies;
    }

    /// The symbol of the function that an entry is about; empty if it has none.
    private static String name(Units units, Texts texts, Entry entry, Place place) throws ElfFormatException {
        @Nullable Place from = place;
        String name = "";
        for (int way = 0; from != null && way < LONGEST_WAY; way++) {
            Cursor cursor = from.unit().cursor(from.offset());
            if (!cursor.hasMore() || !entry.read(from.unit(), cursor)) {
                throw cursor.malformed("a function is to be where no entry is");
            }
            // Many can refer to one long entry.
            cursor.spend(texts.budget(), cursor.at() - from.offset());
            if (!entry.linkageName.isEmpty()) {
                return entry.linkageName;
            }
            name = name.isEmpty() ? entry.name : name;
            from = units.follow(from.unit(), entry.origin);
        }
        return name;
    }

    /// How many copies of a function there are.
    ///
    /// @param name of the function, as its symbol has it
    public int of(String name) {
        return counts.getOrDefault(name, 0);
    }

    /// Whether there are none of any function.
    public boolean isEmpty() {
        return counts.isEmpty();
    }
}
