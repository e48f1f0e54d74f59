package dev.repoint.agent;

/// Tells from the constant pool of a class file (JVMS 4.4) whether an agent without options has to look at the class.
///
/// Uses no other class of Repoint: see [Standby]. Treats a malformed pool as one without entries.
final class ReferenceScan {

    private static final int FIRST_ENTRY = 10;
    private static final int UTF8 = 1;
    private static final int FIELD = 9;

    private static final String ROOT = "dev/repoint/";
    private static final String ROOT_NAME = "dev.repoint.";

    private final byte[] bytes;
    private final int[] offsets;
    private final int end;
    private boolean namesRuntime;
    private boolean usesFields;

    /// Reads the constant pool of a class.
    ReferenceScan(byte[] classFile) {
        bytes = classFile;
        offsets = new int[classFile.length < FIRST_ENTRY ? 0 : u2(FIRST_ENTRY - 2)];
        int at = FIRST_ENTRY;
        for (int i = 1; i < offsets.length && at + 3 <= bytes.length; i++) {
            offsets[i] = at;
            int tag = bytes[at];
            if (tag == UTF8) {
                int length = u2(at + 1);
                at += 3;
                if (at + length <= bytes.length) {
                    namesRuntime |= namesRuntime(at, length);
                }
                at += length;
            } else if (tag == 7 || tag == 8 || tag == 16 || tag == 19 || tag == 20) {
                at += 3;
            } else if (tag == 15) {
                at += 4;
            } else if (tag == 5 || tag == 6) {
                at += 9;
                i++;
            } else {
                usesFields |= tag == FIELD;
                at += 5;
            }
        }
        end = at;
    }

    /// Whether the class names a class of the runtime: its annotation, a link of woven code, or a class for applications.
    boolean namesRuntime() {
        return namesRuntime;
    }

    /// Whether the class may use a field of another class of the program. That class may carry the annotation.
    boolean usesFieldsOfOthers() {
        if (!usesFields || end + 6 > bytes.length) {
            return false;
        }
        int self = u2(end + 2);
        int above = u2(end + 4);
        for (int i = 1; i < offsets.length; i++) {
            int at = offsets[i];
            if (at != 0 && bytes[at] == FIELD && at + 5 <= bytes.length) {
                int owner = u2(at + 1);
                if (isOfProgram(owner == self ? above : owner)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether an entry names a class that is not one of the JDK.
    private boolean isOfProgram(int type) {
        int entry = offset(type);
        int name = entry == 0 || entry + 3 > bytes.length ? 0 : offset(u2(entry + 1));
        return name != 0
                && bytes[name] == UTF8
                && !startsWith(name + 3, "java/")
                && !startsWith(name + 3, "jdk/")
                && !startsWith(name + 3, "sun/");
    }

    private int offset(int index) {
        return index < offsets.length ? offsets[index] : 0;
    }

    /// Whether a string is the name of a class of the runtime, or the descriptor of its annotation. A program may have
    /// classes of its own in other packages below `dev.repoint`.
    private boolean namesRuntime(int start, int length) {
        int at = length > 0 && bytes[start] == 'L' ? start + 1 : start;
        if (length <= ROOT.length() || bytes[at] != 'd' || !startsWith(at, ROOT) && !startsWith(at, ROOT_NAME)) {
            return false;
        }
        int rest = at + ROOT.length();
        for (int i = rest; i < start + length; i++) {
            if (bytes[i] == '/' || bytes[i] == '.') {
                return startsWith(rest, "link")
                        || startsWith(rest, "shape")
                        || startsWith(rest, "internal")
                        || startsWith(rest, "jmx");
            }
        }
        return true;
    }

    private boolean startsWith(int at, String prefix) {
        if (at + prefix.length() > bytes.length) {
            return false;
        }
        for (int i = 0; i < prefix.length(); i++) {
            if (bytes[at + i] != prefix.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int u2(int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}
