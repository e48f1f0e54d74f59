package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Units.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lists the members of a type.
final class MemberWalk {

    /// No program has deeper structs, longer rows of typedefs, or more members. What has, runs in a circle.
    private static final int DEEPEST = 32;
    private static final int LONGEST_WAY = 64;
    private static final int MOST_MEMBERS = 1 << 16;

    private final Units units;
    private final Texts texts;

    MemberWalk(Units units, Texts texts) {
        this.units = units;
        this.texts = texts;
    }

    /// A type, without the names and qualifiers in front of it.
    ///
    /// @param place of its entry
    /// @param entry what the entry says
    private record Type(Place place, Entry entry) {}

    /// The members of a type; none if it has no members, or is only declared.
    List<Member> membersOf(Place type) throws ElfFormatException {
        texts.budget().renew();
        List<Member> members = new ArrayList<>();
        Type plain = plain(type);
        if (plain != null && plain.entry.isAggregate()) {
            collect(plain, "", 0, 0, members);
        }
        return List.copyOf(members);
    }

    private void collect(Type type, String prefix, long base, int depth, List<Member> members)
            throws ElfFormatException {
        Unit unit = type.place.unit();
        Cursor cursor = unit.cursor(type.place.offset());
        Entry entry = new Entry(texts);
        if (depth > DEEPEST || members.size() > MOST_MEMBERS) {
            throw cursor.malformed("a struct has more than " + MOST_MEMBERS + " members, or members in more than "
                    + DEEPEST + " structs");
        }
        entry.pass(unit, cursor);
        if (!entry.hasChildren) {
            return;
        }
        for (long place = cursor.at(); cursor.hasMore() && entry.pass(unit, cursor); place = cursor.at()) {
            boolean isMember = entry.tag == Entry.DW_TAG_MEMBER || entry.tag == Entry.DW_TAG_INHERITANCE;
            entry.passChildren(unit, cursor);
            cursor.spend(texts.budget(), cursor.at() - place);
            if (isMember) {
                entry.read(unit, unit.cursor(place));
                member(unit, entry, prefix, base, depth, members);
            }
        }
    }

    private void member(Unit unit, Entry entry, String prefix, long base, int depth, List<Member> members)
            throws ElfFormatException {
        Place place = units.follow(unit, entry.type);
        // What is declared only, is a static member: a variable of its own.
        if (place == null || entry.isDeclaration) {
            return;
        }
        long offset = base + entry.location;
        String name = entry.tag == Entry.DW_TAG_MEMBER ? entry.name : "";
        Type type = plain(place);
        if (!name.isEmpty()) {
            members.add(new Member(prefix + name, offset, type != null && isFunctionPointer(type)));
        }
        if (type != null && type.entry.isAggregate()) {
            collect(type, name.isEmpty() ? prefix : prefix + name + ".", offset, depth + 1, members);
        }
    }

    private boolean isFunctionPointer(Type type) throws ElfFormatException {
        if (type.entry.tag != Entry.DW_TAG_POINTER_TYPE) {
            return false;
        }
        Place pointee = units.follow(type.place.unit(), type.entry.type);
        Type plain = pointee == null ? null : plain(pointee);
        return plain != null && plain.entry.tag == Entry.DW_TAG_SUBROUTINE_TYPE;
    }

    /// Null if it has no destination: for `void`, or out of the file.
    private @Nullable Type plain(Place from) throws ElfFormatException {
        Place place = from;
        for (int way = 0; way < LONGEST_WAY; way++) {
            Entry entry = new Entry(texts);
            Cursor cursor = place.unit().cursor(place.offset());
            if (!cursor.hasMore() || !entry.read(place.unit(), cursor)) {
                throw cursor.malformed("a type is to be where no entry is");
            }
            cursor.spend(texts.budget(), cursor.at() - place.offset());
            Place next = switch (entry.tag) {
                case Entry.DW_TAG_TYPEDEF,
                        Entry.DW_TAG_CONST_TYPE,
                        Entry.DW_TAG_VOLATILE_TYPE,
                        Entry.DW_TAG_RESTRICT_TYPE,
                        Entry.DW_TAG_ATOMIC_TYPE -> units.follow(place.unit(), entry.type);
                default -> entry.signature.isSignature() ? units.follow(place.unit(), entry.signature) : place;
            };
            if (next == place) {
                return new Type(place, entry);
            }
            if (next == null) {
                return null;
            }
            place = next;
        }
        throw from.unit().section().malformed(from.offset(), "types refer to each other in a circle");
    }
}
