package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Units.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The types of the functions of a file (`.debug_info`, DWARF 5, sections 3.3, 4.1 and 5). Used by one thread
/// at a time.
public final class FunctionTypes {

    /// No program has deeper types. What has, runs in a circle.
    private static final int DEEPEST = 16;
    private static final int LONGEST_WAY = 64;

    private final Units units;
    private final Texts texts;
    private final Map<String, List<Function>> definitions = new HashMap<>();
    private final Map<String, List<Function>> declarations = new HashMap<>();

    /// A function.
    ///
    /// @param sourceFile of its compilation, without folders
    private record Function(Place place, String sourceFile) {}

    private FunctionTypes(Units units, Texts texts) throws ElfFormatException {
        this.units = units;
        this.texts = texts;
        for (Unit unit : units.all()) {
            walk(unit);
        }
    }

    /// Finds the functions of a file; none if it has no debug information.
    ///
    /// @throws ElfFormatException if the debug information is malformed
    public static FunctionTypes of(ElfFile file) throws ElfFormatException {
        DebugSections sections = new DebugSections(file);
        Texts texts = new Texts(file, sections);
        return new FunctionTypes(new Units(sections, texts), texts);
    }

    /// The type of a function; empty if that is not known. Of several, the first definition counts, else the
    /// first declaration.
    ///
    /// @param name       of its symbol
    /// @param sourceFile that a local one stands in, without folders; empty for any
    /// @throws ElfFormatException if the debug information is malformed
    public Optional<FunctionType> of(String name, String sourceFile) throws ElfFormatException {
        texts.budget().renew();
        for (Map<String, List<Function>> functions : List.of(definitions, declarations)) {
            for (Function each : functions.getOrDefault(name, List.of())) {
                if (sourceFile.isEmpty() || each.sourceFile.equals(sourceFile)) {
                    return Optional.of(type(each.place, 0));
                }
            }
        }
        return Optional.empty();
    }

    /// Whether a function is known never to return.
    ///
    /// @param name       as for [#of]
    /// @param sourceFile as for [#of]
    /// @throws ElfFormatException if the debug information is malformed
    public boolean neverReturns(String name, String sourceFile) throws ElfFormatException {
        texts.budget().renew();
        for (Map<String, List<Function>> functions : List.of(definitions, declarations)) {
            for (Function each : functions.getOrDefault(name, List.of())) {
                boolean isMeant = sourceFile.isEmpty() || each.sourceFile.equals(sourceFile);
                Place place = each.place;
                for (int way = 0; isMeant && place != null && way < DEEPEST; way++) {
                    Entry entry = read(place);
                    if (entry.neverReturns) {
                        return true;
                    }
                    place = units.follow(place.unit(), entry.origin);
                }
            }
        }
        return false;
    }

    private void walk(Unit unit) throws ElfFormatException {
        Entry entry = new Entry(texts);
        Cursor cursor = unit.cursor(unit.entries());
        if (!cursor.hasMore() || !entry.read(unit, cursor) || !entry.hasChildren) {
            return;
        }
        String sourceFile = entry.name.substring(entry.name.lastIndexOf('/') + 1);
        for (int depth = 1; depth > 0 && cursor.hasMore(); ) {
            long place = cursor.at();
            if (!entry.pass(unit, cursor)) {
                depth--;
            } else if (entry.tag == Entry.DW_TAG_NAMESPACE && entry.hasChildren) {
                depth++;
            } else {
                boolean isFunction = entry.tag == Entry.DW_TAG_SUBPROGRAM;
                entry.passChildren(unit, cursor);
                if (isFunction) {
                    add(new Place(unit, place), sourceFile);
                }
            }
        }
    }

    private void add(Place place, String sourceFile) throws ElfFormatException {
        Entry entry = read(place);
        boolean isDeclaration = entry.isDeclaration;
        String name = entry.linkageName.isEmpty() ? entry.name : entry.linkageName;
        Place origin = units.follow(place.unit(), entry.origin);
        for (int way = 0; name.isEmpty() && origin != null && way < DEEPEST; way++) {
            Entry next = read(origin);
            name = next.linkageName.isEmpty() ? next.name : next.linkageName;
            origin = units.follow(origin.unit(), next.origin);
        }
        if (!name.isEmpty()) {
            Map<String, List<Function>> byName = isDeclaration ? declarations : definitions;
            List<Function> known = byName.get(name);
            if (known == null) {
                known = new ArrayList<>(1);
                byName.put(name, known);
            }
            known.add(new Function(place, sourceFile));
        }
    }

    private FunctionType type(Place place, int depth) throws ElfFormatException {
        List<String> parameters = new ArrayList<>();
        Unit unit = place.unit();
        Cursor cursor = unit.cursor(place.offset());
        Entry entry = new Entry(texts);
        entry.pass(unit, cursor);
        if (entry.hasChildren) {
            for (long child = cursor.at(); cursor.hasMore() && entry.pass(unit, cursor); child = cursor.at()) {
                int tag = entry.tag;
                entry.passChildren(unit, cursor);
                cursor.spend(texts.budget(), cursor.at() - child);
                if (tag == Entry.DW_TAG_FORMAL_PARAMETER) {
                    parameters.add(typeOf(new Place(unit, child), depth));
                } else if (tag == Entry.DW_TAG_UNSPECIFIED_PARAMETERS) {
                    parameters.add("...");
                }
            }
        }
        return new FunctionType(typeOf(place, depth), parameters);
    }

    /// The type that an entry has, or the entry with the rest of its attributes.
    private String typeOf(Place place, int depth) throws ElfFormatException {
        Place from = place;
        for (int way = 0; way < DEEPEST; way++) {
            Entry entry = read(from);
            Place type = units.follow(from.unit(), entry.type);
            if (type != null) {
                return name(type, depth);
            }
            Place origin = units.follow(from.unit(), entry.origin);
            if (origin == null) {
                return "void";
            }
            from = origin;
        }
        throw place.unit().section().malformed(place.offset(), "functions refer to each other in a circle");
    }

    private String name(Place type, int depth) throws ElfFormatException {
        if (depth > DEEPEST) {
            return "...";
        }
        String typedef = "";
        Place place = type;
        for (int way = 0; way < LONGEST_WAY; way++) {
            Entry entry = read(place);
            Place next = entry.signature.isSignature()
                    ? units.follow(place.unit(), entry.signature)
                    : units.follow(place.unit(), entry.type);
            switch (entry.tag) {
                case Entry.DW_TAG_TYPEDEF -> typedef = entry.name;
                case Entry.DW_TAG_CONST_TYPE,
                        Entry.DW_TAG_VOLATILE_TYPE,
                        Entry.DW_TAG_RESTRICT_TYPE,
                        Entry.DW_TAG_ATOMIC_TYPE -> {}
                default -> {
                    return name(place, entry, next, typedef, depth);
                }
            }
            if (next == null) {
                return "void";
            }
            place = next;
        }
        throw type.unit().section().malformed(type.offset(), "types refer to each other in a circle");
    }

    private String name(Place place, Entry entry, @Nullable Place next, String typedef, int depth)
            throws ElfFormatException {
        String name = entry.name.isEmpty() ? typedef : entry.name;
        return switch (entry.tag) {
            case Entry.DW_TAG_POINTER_TYPE, Entry.DW_TAG_REFERENCE_TYPE, Entry.DW_TAG_RVALUE_REFERENCE_TYPE ->
                pointer(next == null ? "void" : name(next, depth + 1));
            case Entry.DW_TAG_SUBROUTINE_TYPE -> type(place, depth + 1).toString();
            case Entry.DW_TAG_ARRAY_TYPE -> (next == null ? "void" : name(next, depth + 1)) + " []";
            case Entry.DW_TAG_STRUCTURE_TYPE, Entry.DW_TAG_CLASS_TYPE -> "struct " + name;
            case Entry.DW_TAG_UNION_TYPE -> "union " + name;
            case Entry.DW_TAG_ENUMERATION_TYPE -> "enum " + name;
            default -> base(name);
        };
    }

    private static String pointer(String pointee) {
        return pointee.endsWith(")")
                ? pointee.replaceFirst(" \\(", " (*)(")
                : pointee + (pointee.endsWith("*") ? "*" : " *");
    }

    /// Types that have one size and one form on all machines that Repoint knows, under one name.
    private static String base(String name) {
        return switch (name) {
            case "long long int", "long long" -> "long int";
            case "long long unsigned int", "unsigned long long" -> "long unsigned int";
            case "unsigned long" -> "long unsigned int";
            case "long" -> "long int";
            case "unsigned short" -> "short unsigned int";
            case "short" -> "short int";
            case "signed char" -> "char";
            case "bool" -> "_Bool";
            case "" -> "void";
            default -> name;
        };
    }

    private Entry read(Place place) throws ElfFormatException {
        Entry entry = new Entry(texts);
        Cursor cursor = place.unit().cursor(place.offset());
        if (!cursor.hasMore() || !entry.read(place.unit(), cursor)) {
            throw cursor.malformed("a type or function is to be where no entry is");
        }
        cursor.spend(texts.budget(), cursor.at() - place.offset());
        return entry;
    }
}
