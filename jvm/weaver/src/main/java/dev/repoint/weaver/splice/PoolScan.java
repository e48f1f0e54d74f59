package dev.repoint.weaver.splice;

/// Finds the constants of a class file (JVMS 4.4).
final class PoolScan {

    private static final int MAGIC = 0xCAFEBABE;
    private static final int FIRST_CONSTANT = 10;

    final int[] constants;
    final int end;

    /// @throws RuntimeException if the bytes are no class file
    PoolScan(byte[] bytes) {
        if (bytes.length < FIRST_CONSTANT || Bytes.s4(bytes, 0) != MAGIC) {
            throw Bytes.malformed(0, "no class file begins so");
        }
        constants = new int[Bytes.u2(bytes, 8)];
        int at = FIRST_CONSTANT;
        for (int i = 1; i < constants.length; i++) {
            constants[i] = at;
            int tag = bytes[at];
            at += length(bytes, at, tag);
            if (tag == 5 || tag == 6) {
                i++;
            }
        }
        end = at;
    }

    private static int length(byte[] bytes, int at, int tag) {
        return switch (tag) {
            case 1 -> 3 + Bytes.u2(bytes, at + 1);
            case 3, 4, 9, 10, 11, 12, 17, 18 -> 5;
            case 7, 8, 16, 19, 20 -> 3;
            case 5, 6 -> 9;
            case 15 -> 4;
            default -> throw Bytes.malformed(at, "a constant of tag " + (tag & 0xff));
        };
    }
}
