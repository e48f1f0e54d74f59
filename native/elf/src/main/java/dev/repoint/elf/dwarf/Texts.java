package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFile;
import dev.repoint.elf.ElfFormatException;

/// The texts that attributes refer to (DWARF 5, section 7.5.5, class string).
final class Texts {

    private final DebugSection strings;
    private final DebugSection lineStrings;
    private final DebugSection offsets;
    private final TextBudget budget;

    Texts(ElfFile file, DebugSections sections) throws ElfFormatException {
        this.strings = sections.one("str");
        this.lineStrings = sections.one("line_str");
        this.offsets = sections.one("str_offsets");
        this.budget = new TextBudget(file);
    }

    /// How much text may still be read.
    TextBudget budget() {
        return budget;
    }

    /// Whether a form is one of a text.
    static boolean isText(int form) {
        return switch (form) {
            case Form.STRING,
                    Form.STRP,
                    Form.LINE_STRP,
                    Form.STRX,
                    Form.STRX1,
                    Form.STRX2,
                    Form.STRX3,
                    Form.STRX4,
                    Form.GNU_STR_INDEX -> true;
            default -> false;
        };
    }

    /// The text whose value begins at a cursor, which goes behind it.
    ///
    /// @param base where the offsets of the unit begin in `.debug_str_offsets`
    String read(Cursor cursor, int form, Format format, long base) throws ElfFormatException {
        return switch (form) {
            case Form.STRING -> cursor.text(budget);
            case Form.STRP -> at(strings, cursor.offset(format.offsetSize()));
            case Form.LINE_STRP -> at(lineStrings, cursor.offset(format.offsetSize()));
            case Form.STRX, Form.GNU_STR_INDEX -> indexed(cursor.uleb(), format, base, cursor);
            case Form.STRX1 -> indexed(cursor.u8(), format, base, cursor);
            case Form.STRX2 -> indexed(cursor.u16(), format, base, cursor);
            case Form.STRX3 -> indexed(cursor.u24(), format, base, cursor);
            case Form.STRX4 -> indexed(cursor.u32(), format, base, cursor);
            default -> throw cursor.malformed("a text has form 0x" + Integer.toHexString(form));
        };
    }

    private String indexed(long index, Format format, long base, Cursor from) throws ElfFormatException {
        if (index < 0 || index > Integer.MAX_VALUE) {
            throw from.malformed("a text has index " + Long.toUnsignedString(index));
        }
        Cursor cursor = new Cursor(offsets, 0);
        cursor.to(base);
        cursor.skip(index * format.offsetSize());
        return at(strings, cursor.offset(format.offsetSize()));
    }

    private String at(DebugSection section, long offset) throws ElfFormatException {
        Cursor cursor = new Cursor(section, 0);
        cursor.to(offset);
        return cursor.text(budget);
    }
}
