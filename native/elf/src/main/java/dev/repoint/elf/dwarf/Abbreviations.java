package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What entries of a unit are made of, by the code that each begins with (DWARF 5, section 7.5.3).
final class Abbreviations {

    /// An entry has an attribute at most once, and all of DWARF has fewer. The limit keeps entries without
    /// bytes cheap.
    private static final int MOST_ATTRIBUTES = 256;

    /// Codes are small numbers in all files that compilers write; larger ones are kept, too.
    private Abbreviation[] byCode = new Abbreviation[0];
    private final Map<Long, Abbreviation> others = new HashMap<>();

    /// What the entries of one code are made of.
    ///
    /// @param tag         what they are
    /// @param hasChildren whether others follow that belong to them
    /// @param attributes  the name of each attribute
    /// @param forms       how the value of each attribute is laid out
    /// @param constants   the value of each attribute of form [Form#IMPLICIT_CONST]
    record Abbreviation(int tag, boolean hasChildren, int[] attributes, int[] forms, long[] constants) {}

    private Abbreviations() {}

    /// Reads a table, up to its end; leaves the cursor there.
    static Abbreviations read(Cursor cursor) throws ElfFormatException {
        Abbreviations table = new Abbreviations();
        Abbreviation[] dense = new Abbreviation[32];
        int filled = 0;
        for (long code = cursor.uleb(); code != 0; code = cursor.uleb()) {
            Abbreviation next = entry(cursor);
            if (code == filled + 1L) {
                if (filled == dense.length) {
                    dense = Arrays.copyOf(dense, 2 * filled);
                }
                dense[filled++] = next;
            } else {
                table.others.put(code, next);
            }
        }
        table.byCode = Arrays.copyOf(dense, filled);
        return table;
    }

    /// Null if the table does not have the code.
    @Nullable
    Abbreviation get(long code) {
        return code > 0 && code <= byCode.length ? byCode[(int) code - 1] : others.get(code);
    }

    private static Abbreviation entry(Cursor cursor) throws ElfFormatException {
        int tag = small(cursor);
        boolean hasChildren = cursor.u8() != 0;
        int[] attributes = new int[8];
        int[] forms = new int[8];
        long[] constants = new long[8];
        for (int count = 0; ; count++) {
            int attribute = small(cursor);
            int form = small(cursor);
            if (attribute == 0 && form == 0) {
                return new Abbreviation(
                        tag,
                        hasChildren,
                        Arrays.copyOf(attributes, count),
                        Arrays.copyOf(forms, count),
                        Arrays.copyOf(constants, count));
            }
            if (count == MOST_ATTRIBUTES) {
                throw cursor.malformed("an abbreviation has more than " + MOST_ATTRIBUTES + " attributes");
            }
            if (count == attributes.length) {
                attributes = Arrays.copyOf(attributes, 2 * count);
                forms = Arrays.copyOf(forms, 2 * count);
                constants = Arrays.copyOf(constants, 2 * count);
            }
            attributes[count] = attribute;
            forms[count] = form;
            constants[count] = form == Form.IMPLICIT_CONST ? cursor.sleb() : 0;
        }
    }

    /// Tags, attributes and forms have 16 bits.
    private static int small(Cursor cursor) throws ElfFormatException {
        long number = cursor.uleb();
        if (number >>> Short.SIZE != 0) {
            throw cursor.malformed("an abbreviation has number 0x" + Long.toHexString(number));
        }
        return (int) number;
    }
}
