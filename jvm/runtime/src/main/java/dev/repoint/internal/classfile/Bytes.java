package dev.repoint.internal.classfile;

/// Numbers in class files: unsigned, with the most significant byte first.
public final class Bytes {

    private Bytes() {}

    public static int u1(byte[] bytes, int at) {
        return bytes[at] & 0xff;
    }

    public static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    public static int s4(byte[] bytes, int at) {
        return u2(bytes, at) << 16 | u2(bytes, at + 2);
    }

    /// A length that must fit before an end.
    ///
    /// @throws IllegalArgumentException if it does not fit
    public static int length(byte[] bytes, int at, int end) {
        int length = at <= end - 4 ? s4(bytes, at) : -1;
        if (length < 0 || length > end - at - 4) {
            throw malformed(
                    at,
                    "a length of " + Integer.toUnsignedString(length) + " with " + Math.max(end - at - 4, 0)
                            + " bytes left");
        }
        return length;
    }

    public static void putU2(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 8);
        bytes[at + 1] = (byte) value;
    }

    public static void putU4(byte[] bytes, int at, int value) {
        putU2(bytes, at, value >> 16);
        putU2(bytes, at + 2, value);
    }

    public static IllegalArgumentException malformed(int offset, String found) {
        return new IllegalArgumentException("at offset " + offset + ": " + found);
    }
}
