package dev.repoint.agent.weave;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ConstantTable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Searches the constant pool of a class file (JVMS 4.4) for the name of the runtime. If a class file contains it,
/// the class may have been woven before its load.
///
/// The scan creates no objects. For a malformed pool the result is false.
final class ConstantPoolScan {

    private static final byte[] LINK = "dev/repoint/link/MethodLink".getBytes(StandardCharsets.US_ASCII);
    private static final int UTF8 = 1;

    private ConstantPoolScan() {}

    /// Whether a class file contains the name of the class with the bootstrap methods.
    static boolean namesRuntime(byte[] classFile) {
        if (classFile.length < ConstantTable.FIRST) {
            return false;
        }
        int count = Bytes.u2(classFile, ConstantTable.FIRST - 2);
        int at = ConstantTable.FIRST;
        for (int i = 1; i < count && at + 3 <= classFile.length; i++) {
            int tag = classFile[at];
            int size = ConstantTable.sizeOf(tag);
            if (size == 0) {
                return false;
            }
            i += ConstantTable.takesTwo(tag) ? 1 : 0;
            if (tag == UTF8) {
                int length = Bytes.u2(classFile, at + 1);
                int text = at + size;
                if (length == LINK.length
                        && text + length <= classFile.length
                        && Arrays.equals(LINK, 0, length, classFile, text, text + length)) {
                    return true;
                }
                at += length;
            }
            at += size;
        }
        return false;
    }
}
