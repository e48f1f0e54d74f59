package dev.repoint.linux.row;

/// Up to 8 bytes of an instruction in one number, the first byte lowest.
public final class PackedBytes {

    private PackedBytes() {}

    /// Packs.
    public static long of(byte[] bytes) {
        long value = 0;
        for (int i = bytes.length - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[i] & 0xff;
        }
        return value;
    }

    /// Unpacks.
    public static byte[] bytes(long value, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (value >>> Byte.SIZE * i);
        }
        return bytes;
    }
}
