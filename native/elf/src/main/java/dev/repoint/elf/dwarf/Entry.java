package dev.repoint.elf.dwarf;

import dev.repoint.elf.ElfFormatException;
import dev.repoint.elf.dwarf.Abbreviations.Abbreviation;

/// The attributes of an entry that Repoint uses (DWARF 5, section 7.5.4). One object reads many entries, one
/// after the other.
final class Entry {

    static final int DW_TAG_ARRAY_TYPE = 0x01;
    static final int DW_TAG_CLASS_TYPE = 0x02;
    static final int DW_TAG_ENUMERATION_TYPE = 0x04;
    static final int DW_TAG_FORMAL_PARAMETER = 0x05;
    static final int DW_TAG_MEMBER = 0x0d;
    static final int DW_TAG_POINTER_TYPE = 0x0f;
    static final int DW_TAG_REFERENCE_TYPE = 0x10;
    static final int DW_TAG_STRUCTURE_TYPE = 0x13;
    static final int DW_TAG_SUBROUTINE_TYPE = 0x15;
    static final int DW_TAG_TYPEDEF = 0x16;
    static final int DW_TAG_UNION_TYPE = 0x17;
    static final int DW_TAG_UNSPECIFIED_PARAMETERS = 0x18;
    static final int DW_TAG_INHERITANCE = 0x1c;
    static final int DW_TAG_CONST_TYPE = 0x26;
    static final int DW_TAG_SUBPROGRAM = 0x2e;
    static final int DW_TAG_VARIABLE = 0x34;
    static final int DW_TAG_VOLATILE_TYPE = 0x35;
    static final int DW_TAG_RESTRICT_TYPE = 0x37;
    static final int DW_TAG_NAMESPACE = 0x39;
    static final int DW_TAG_RVALUE_REFERENCE_TYPE = 0x42;
    static final int DW_TAG_ATOMIC_TYPE = 0x47;

    private static final int DW_AT_SIBLING = 0x01;
    private static final int DW_AT_NAME = 0x03;
    private static final int DW_AT_ABSTRACT_ORIGIN = 0x31;
    private static final int DW_AT_DATA_MEMBER_LOCATION = 0x38;
    private static final int DW_AT_DECLARATION = 0x3c;
    private static final int DW_AT_SPECIFICATION = 0x47;
    private static final int DW_AT_TYPE = 0x49;
    private static final int DW_AT_SIGNATURE = 0x69;
    private static final int DW_AT_LINKAGE_NAME = 0x6e;
    private static final int DW_AT_STR_OFFSETS_BASE = 0x72;
    private static final int DW_AT_NORETURN = 0x87;

    private static final int DW_OP_PLUS_UCONST = 0x23;

    private final Texts texts;

    int tag;
    boolean hasChildren;
    String name = "";
    String linkageName = "";
    boolean isDeclaration;
    boolean neverReturns;
    /// The offset of the next entry that is not below this one; 0 if that is not known.
    long sibling;
    /// Where a member lies in its struct, in bytes.
    long location;
    long textBase;
    final Reference type = new Reference();
    /// The entry with the rest of its attributes.
    final Reference origin = new Reference();
    /// The type that this one stands for.
    final Reference signature = new Reference();

    Entry(Texts texts) {
        this.texts = texts;
    }

    /// Reads the entry at a cursor, which goes behind it.
    ///
    /// @return false if it is the one that ends a row of children
    boolean read(Unit unit, Cursor cursor) throws ElfFormatException {
        clear();
        long code = cursor.uleb();
        if (code == 0) {
            return false;
        }
        Abbreviation abbreviation = unit.abbreviation(cursor, code);
        tag = abbreviation.tag();
        hasChildren = abbreviation.hasChildren();
        int[] attributes = abbreviation.attributes();
        for (int i = 0; i < attributes.length; i++) {
            attribute(
                    unit,
                    cursor,
                    attributes[i],
                    abbreviation.forms()[i],
                    abbreviation.constants()[i]);
        }
        return true;
    }

    /// Goes behind the entry at a cursor, keeping only what is needed for the way.
    ///
    /// @return false if it is the one that ends a row of children
    boolean pass(Unit unit, Cursor cursor) throws ElfFormatException {
        return readOnly(unit, cursor, DW_AT_SIBLING);
    }

    /// Goes behind the children of the entry that was passed, or read.
    void passChildren(Unit unit, Cursor cursor) throws ElfFormatException {
        if (!hasChildren) {
            return;
        }
        if (sibling > cursor.at()) {
            cursor.to(sibling);
            return;
        }
        for (int depth = 1; depth > 0 && cursor.hasMore(); ) {
            if (!pass(unit, cursor)) {
                depth--;
            } else if (hasChildren) {
                if (sibling > cursor.at()) {
                    cursor.to(sibling);
                } else {
                    depth++;
                }
            }
        }
    }

    /// Where the offsets of texts begin, as the first entry of a unit says; negative if it does not.
    long textBase(Unit unit, Cursor cursor) throws ElfFormatException {
        readOnly(unit, cursor, DW_AT_STR_OFFSETS_BASE);
        return textBase;
    }

    private boolean readOnly(Unit unit, Cursor cursor, int wanted) throws ElfFormatException {
        clear();
        long code = cursor.uleb();
        if (code == 0) {
            return false;
        }
        Abbreviation abbreviation = unit.abbreviation(cursor, code);
        tag = abbreviation.tag();
        hasChildren = abbreviation.hasChildren();
        int[] attributes = abbreviation.attributes();
        for (int i = 0; i < attributes.length; i++) {
            int form = abbreviation.forms()[i];
            if (attributes[i] == wanted) {
                attribute(unit, cursor, wanted, form, abbreviation.constants()[i]);
            } else {
                Form.skip(cursor, form, unit.format());
            }
        }
        return true;
    }

    boolean isAggregate() {
        return tag == DW_TAG_STRUCTURE_TYPE || tag == DW_TAG_UNION_TYPE || tag == DW_TAG_CLASS_TYPE;
    }

    private void clear() {
        tag = 0;
        hasChildren = false;
        name = "";
        linkageName = "";
        isDeclaration = false;
        neverReturns = false;
        sibling = 0;
        location = 0;
        textBase = -1;
        type.clear();
        origin.clear();
        signature.clear();
    }

    private void attribute(Unit unit, Cursor cursor, int attribute, int given, long constant)
            throws ElfFormatException {
        int form = given == Form.INDIRECT ? Form.direct(cursor) : given;
        Format format = unit.format();
        switch (attribute) {
            case DW_AT_NAME -> name = text(unit, cursor, form, name);
            case DW_AT_LINKAGE_NAME -> linkageName = text(unit, cursor, form, linkageName);
            case DW_AT_TYPE -> type.read(unit, cursor, form);
            case DW_AT_SIGNATURE -> signature.read(unit, cursor, form);
            case DW_AT_ABSTRACT_ORIGIN, DW_AT_SPECIFICATION -> origin.read(unit, cursor, form);
            case DW_AT_SIBLING -> {
                Reference next = new Reference();
                next.read(unit, cursor, form);
                sibling = next.isPlace() ? next.value : 0;
            }
            case DW_AT_DECLARATION ->
                isDeclaration = form == Form.FLAG_PRESENT || number(cursor, form, format, constant) != 0;
            case DW_AT_NORETURN ->
                neverReturns = form == Form.FLAG_PRESENT || number(cursor, form, format, constant) != 0;
            case DW_AT_STR_OFFSETS_BASE -> textBase = number(cursor, form, format, constant);
            case DW_AT_DATA_MEMBER_LOCATION -> location = location(cursor, form, format, constant);
            default -> Form.skip(cursor, form, format);
        }
    }

    private String text(Unit unit, Cursor cursor, int form, String otherwise) throws ElfFormatException {
        if (Texts.isText(form)) {
            return texts.read(cursor, form, unit.format(), unit.textBase());
        }
        Form.skip(cursor, form, unit.format());
        return otherwise;
    }

    /// A constant; 0 if it is of another class.
    private static long number(Cursor cursor, int form, Format format, long constant) throws ElfFormatException {
        return switch (form) {
            case Form.IMPLICIT_CONST -> constant;
            case Form.DATA1, Form.FLAG -> cursor.u8();
            case Form.DATA2 -> cursor.u16();
            case Form.DATA4 -> cursor.u32();
            case Form.DATA8 -> cursor.s64();
            case Form.SEC_OFFSET -> cursor.offset(format.offsetSize());
            case Form.UDATA -> cursor.uleb();
            case Form.SDATA -> cursor.sleb();
            default -> {
                Form.skip(cursor, form, format);
                yield 0;
            }
        };
    }

    /// Where a member lies: a constant, or in older versions an expression that adds one.
    private static long location(Cursor cursor, int form, Format format, long constant) throws ElfFormatException {
        long length = switch (form) {
            case Form.BLOCK1 -> cursor.u8();
            case Form.BLOCK2 -> cursor.u16();
            case Form.BLOCK4 -> cursor.u32();
            case Form.BLOCK, Form.EXPRLOC -> cursor.uleb();
            default -> -1;
        };
        if (length < 0) {
            return number(cursor, form, format, constant);
        }
        long start = cursor.at();
        cursor.skip(length);
        long end = cursor.at();
        cursor.to(start);
        long offset = length > 1 && cursor.u8() == DW_OP_PLUS_UCONST ? cursor.uleb() : 0;
        cursor.to(end);
        return offset;
    }
}
