package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;

/// The destination of an attribute: an entry, or a unit by its signature (DWARF 5, section 7.5.5, class
/// reference).
final class Reference {

    private static final int NONE = 0;
    private static final int PLACE = 1;
    private static final int SIGNATURE = 2;

    private int kind;
    /// The offset of an entry in the section that the reference is in, or the signature of a type.
    long value;

    void clear() {
        kind = NONE;
        value = 0;
    }

    boolean isPlace() {
        return kind == PLACE;
    }

    boolean isSignature() {
        return kind == SIGNATURE;
    }

    void set(Reference other) {
        kind = other.kind;
        value = other.value;
    }

    /// Reads a value of an attribute. A reference into another file has no destination.
    void read(Unit unit, Cursor cursor, int form) throws ElfFormatException {
        clear();
        switch (form) {
            case Form.REF1 -> place(unit.start() + cursor.u8());
            case Form.REF2 -> place(unit.start() + cursor.u16());
            case Form.REF4 -> place(unit.start() + cursor.u32());
            case Form.REF8 -> place(unit.start() + cursor.s64());
            case Form.REF_UDATA -> place(unit.start() + cursor.uleb());
            case Form.REF_ADDR -> place(cursor.offset(unit.format().referenceSize()));
            case Form.REF_SIG8 -> {
                kind = SIGNATURE;
                value = cursor.s64();
            }
            default -> Form.skip(cursor, form, unit.format());
        }
    }

    private void place(long place) {
        kind = PLACE;
        value = place;
    }
}
