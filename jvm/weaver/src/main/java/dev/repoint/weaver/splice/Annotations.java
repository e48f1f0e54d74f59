package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// The annotations of class files (JVMS 4.7.16, 4.7.20).
final class Annotations {

    /// The maximum nesting of annotations. Compilers write 3 or 4 levels; each level takes stack here.
    private static final int MOST_LEVELS = 100;

    private Annotations() {}

    /// The offset of an annotation in an attribute, or -1.
    ///
    /// @param at the offset of the attribute
    /// @param descriptor descriptor of the annotation's class
    static int find(PoolView owner, int at, String descriptor) {
        byte[] bytes = owner.bytes;
        int next = at + 8;
        for (int count = Bytes.u2(bytes, at + 6); count > 0; count--) {
            if (owner.utf8(Bytes.u2(bytes, next)).equals(descriptor)) {
                return next;
            }
            next = skip(bytes, next, MOST_LEVELS);
        }
        return -1;
    }

    /// The name of an enum constant in an annotation, or empty.
    ///
    /// @param at the offset of the annotation
    /// @param element name of the element with the constant
    static String enumIn(PoolView owner, int at, String element) {
        byte[] bytes = owner.bytes;
        int next = at + 4;
        for (int count = Bytes.u2(bytes, at + 2); count > 0; count--) {
            if (bytes[next + 2] == 'e' && owner.utf8(Bytes.u2(bytes, next)).equals(element)) {
                return owner.utf8(Bytes.u2(bytes, next + 5));
            }
            next = skipValue(bytes, next + 2, MOST_LEVELS);
        }
        return "";
    }

    /// Corrects the offsets in an attribute with type annotations of code.
    ///
    /// @param bytes the bytes to correct
    /// @param at the offset of the attribute
    static void shiftTypes(byte[] bytes, int at, int delta) {
        int next = at + 8;
        for (int count = Bytes.u2(bytes, at + 6); count > 0; count--) {
            int path = shiftTarget(bytes, next, delta);
            int annotation = path + 1 + 2 * Bytes.u1(bytes, path);
            next = skip(bytes, annotation, MOST_LEVELS);
        }
    }

    /// Corrects the offsets of one target (JVMS 4.7.20.1).
    ///
    /// @return the end of the target
    private static int shiftTarget(byte[] bytes, int at, int delta) {
        int type = Bytes.u1(bytes, at);
        return switch (type) {
            case 0x13, 0x14, 0x15 -> at + 1;
            case 0x00, 0x01, 0x16 -> at + 2;
            case 0x10, 0x11, 0x12, 0x17, 0x42 -> at + 3;
            case 0x40, 0x41 -> {
                CodeTables.shiftVariables(bytes, at + 1, 6, delta);
                yield at + 3 + 6 * Bytes.u2(bytes, at + 1);
            }
            case 0x43, 0x44, 0x45, 0x46 -> {
                CodeTables.shift(bytes, at + 1, delta);
                yield at + 3;
            }
            case 0x47, 0x48, 0x49, 0x4A, 0x4B -> {
                CodeTables.shift(bytes, at + 1, delta);
                yield at + 4;
            }
            default -> throw Bytes.malformed(at, "a type annotation of target " + type);
        };
    }

    private static int skip(byte[] bytes, int at, int levels) {
        int next = at + 4;
        for (int count = Bytes.u2(bytes, at + 2); count > 0; count--) {
            next = skipValue(bytes, next + 2, levels);
        }
        return next;
    }

    private static int skipValue(byte[] bytes, int at, int levels) {
        if (levels == 0) {
            throw Bytes.malformed(at, "annotations in one another, over " + MOST_LEVELS + " deep");
        }
        return switch (bytes[at]) {
            case 'B', 'C', 'D', 'F', 'I', 'J', 'S', 'Z', 's', 'c' -> at + 3;
            case 'e' -> at + 5;
            case '@' -> skip(bytes, at + 1, levels - 1);
            case '[' -> {
                int next = at + 3;
                for (int count = Bytes.u2(bytes, at + 1); count > 0; count--) {
                    next = skipValue(bytes, next, levels - 1);
                }
                yield next;
            }
            default -> throw Bytes.malformed(at, "an annotation value of tag " + Bytes.u1(bytes, at));
        };
    }
}
