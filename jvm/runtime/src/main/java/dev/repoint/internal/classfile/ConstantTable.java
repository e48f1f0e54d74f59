package dev.repoint.internal.classfile;

/// Where the constants of a class file are (JVMS 4.4).
public final class ConstantTable {

    /// The offset of the tag of the first constant.
    public static final int FIRST = 10;

    private static final int MAGIC = 0xCAFEBABE;
    private static final int UTF8 = 1;

    private final int[] offsets;
    private final int end;

    /// Finds the constants of a class file.
    ///
    /// @throws RuntimeException if the bytes are no class file
    public ConstantTable(byte[] bytes) {
        if (bytes.length < FIRST || Bytes.s4(bytes, 0) != MAGIC) {
            throw Bytes.malformed(0, "no class file begins so");
        }
        offsets = new int[Bytes.u2(bytes, 8)];
        int at = FIRST;
        for (int i = 1; i < offsets.length; i++) {
            offsets[i] = at;
            int tag = bytes[at];
            int size = sizeOf(tag);
            if (size == 0) {
                throw Bytes.malformed(at, "a constant of tag " + (tag & 0xff));
            }
            at += tag == UTF8 ? size + Bytes.u2(bytes, at + 1) : size;
            i += takesTwo(tag) ? 1 : 0;
        }
        end = at;
    }

    /// The offset of the tag of each constant; 0 if the index has none.
    public int[] offsets() {
        return offsets;
    }

    /// The end of the last constant.
    public int end() {
        return end;
    }

    /// The number of bytes of a constant, its tag included. For a string this is the number without its text.
    ///
    /// @return 0 if there is no such tag
    public static int sizeOf(int tag) {
        return switch (tag) {
            case UTF8, 7, 8, 16, 19, 20 -> 3;
            case 15 -> 4;
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 5, 6 -> 9;
            default -> 0;
        };
    }

    /// Whether a constant takes two indexes.
    public static boolean takesTwo(int tag) {
        return tag == 5 || tag == 6;
    }
}
