package dev.repoint.agent.weave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Searches the constant pool of a class file (JVMS 4.4) for the name of the runtime. If a class file contains it,
/// the class may have been woven before its load.
///
/// The scan creates no objects. For a malformed pool the result is false.
final class ConstantPoolScan {

    private static final byte[] LINK = "dev/repoint/link/MethodLink".getBytes(StandardCharsets.US_ASCII);
    private static final int FIRST_ENTRY = 10;

    private ConstantPoolScan() {}

    /// Whether a class file contains the name of the class with the bootstrap methods.
    static boolean namesRuntime(byte[] classFile) {
        if (classFile.length < FIRST_ENTRY) {
            return false;
        }
        int count = u2(classFile, FIRST_ENTRY - 2);
        int at = FIRST_ENTRY;
        for (int i = 1; i < count && at + 3 <= classFile.length; i++) {
            switch (classFile[at]) {
                case 1 -> {
                    int length = u2(classFile, at + 1);
                    at += 3;
                    if (length == LINK.length
                            && at + length <= classFile.length
                            && Arrays.equals(LINK, 0, length, classFile, at, at + length)) {
                        return true;
                    }
                    at += length;
                }
                case 7, 8, 16, 19, 20 -> at += 3;
                case 15 -> at += 4;
                case 3, 4, 9, 10, 11, 12, 17, 18 -> at += 5;
                case 5, 6 -> {
                    at += 9;
                    i++;
                }
                default -> {
                    return false;
                }
            }
        }
        return false;
    }

    private static int u2(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
