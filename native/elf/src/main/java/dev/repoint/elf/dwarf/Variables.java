package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Units.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The variables outside of functions, by name.
final class Variables {

    /// A variable of LTO refers to one of its compilation, a definition to its declaration: never further than
    /// this.
    private static final int LONGEST_WAY = 16;

    private final Units units;
    private final Texts texts;
    private final Map<String, List<Variable>> definitions = new HashMap<>();
    private final Map<String, List<Variable>> declarations = new HashMap<>();
    private final Entry passed;
    private final Entry read;

    /// A variable.
    ///
    /// @param type       the entry of its type
    /// @param sourceFile of its compilation
    record Variable(Place type, String sourceFile) {}

    Variables(Units units, Texts texts) throws ElfFormatException {
        this.units = units;
        this.texts = texts;
        this.passed = new Entry(texts);
        this.read = new Entry(texts);
        for (Unit unit : units.all()) {
            walk(unit);
        }
    }

    /// Definitions before declarations, otherwise in the order of the units.
    List<Variable> named(String name) {
        List<Variable> found = new ArrayList<>(definitions.getOrDefault(name, List.of()));
        found.addAll(declarations.getOrDefault(name, List.of()));
        return found;
    }

    private void walk(Unit unit) throws ElfFormatException {
        Cursor cursor = unit.cursor(unit.entries());
        if (!cursor.hasMore() || !read.read(unit, cursor) || !read.hasChildren) {
            return;
        }
        String sourceFile = read.name;
        for (int depth = 1; depth > 0 && cursor.hasMore(); ) {
            long place = cursor.at();
            if (!passed.pass(unit, cursor)) {
                depth--;
            } else if (passed.tag == Entry.DW_TAG_NAMESPACE && passed.hasChildren) {
                depth++;
            } else {
                boolean isVariable = passed.tag == Entry.DW_TAG_VARIABLE;
                passed.passChildren(unit, cursor);
                if (isVariable) {
                    add(unit, place, sourceFile);
                }
            }
        }
    }

    private void add(Unit unit, long place, String sourceFile) throws ElfFormatException {
        read.read(unit, unit.cursor(place));
        String name = read.name;
        String linkageName = read.linkageName;
        boolean isDeclaration = read.isDeclaration;
        @Nullable Place type = units.follow(unit, read.type);
        @Nullable Place next = units.follow(unit, read.origin);
        for (int way = 0; next != null && way < LONGEST_WAY; way++) {
            Cursor cursor = next.unit().cursor(next.offset());
            read.read(next.unit(), cursor);
            // Many can refer to one long entry.
            cursor.spend(texts.budget(), cursor.at() - next.offset());
            name = name.isEmpty() ? read.name : name;
            linkageName = linkageName.isEmpty() ? read.linkageName : linkageName;
            type = type == null ? units.follow(next.unit(), read.type) : type;
            next = units.follow(next.unit(), read.origin);
        }
        String symbol = linkageName.isEmpty() ? name : linkageName;
        if (type != null && !symbol.isEmpty()) {
            Map<String, List<Variable>> byName = isDeclaration ? declarations : definitions;
            List<Variable> known = byName.get(symbol);
            if (known == null) {
                known = new ArrayList<>(1);
                byName.put(symbol, known);
            }
            known.add(new Variable(type, sourceFile));
        }
    }
}
