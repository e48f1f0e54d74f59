package dev.repoint.weaver.splice;

/// Stack map frames (JVMS 4.7.4).
///
/// Frames say how far they are from the one before. A prologue ends in a `pop` with a frame of its own, one byte before
/// the code that follows; so the first frame of that code is as far from it as it was from the beginning, and stays.
/// Only the offsets of `new` instructions, which frames name, have to be moved.
final class FrameTable {

    private static final int OBJECT = 7;
    private static final int UNINITIALIZED = 8;
    private static final int LAST_SHORT_DISTANCE = 63;
    private static final int SAME_LOCALS_ONE_ITEM = 64;
    private static final int SAME_LOCALS_ONE_ITEM_EXTENDED = 247;
    private static final int SAME_EXTENDED = 251;
    private static final int FULL = 255;

    private FrameTable() {}

    /// Writes the frame at the end of a prologue: the arguments as they came, and an Object.
    ///
    /// @param offset of its `pop`
    /// @param object the constant of `java.lang.Object`
    static void writeAtBody(ByteSink out, int offset, int object) {
        if (offset <= LAST_SHORT_DISTANCE) {
            out.u1(SAME_LOCALS_ONE_ITEM + offset);
        } else {
            out.u1(SAME_LOCALS_ONE_ITEM_EXTENDED);
            out.u2(offset);
        }
        out.u1(OBJECT);
        out.u2(object);
    }

    /// Moves the offsets that frames name.
    ///
    /// @param start where the first frame stands
    /// @param end where the attribute ends
    static void shift(byte[] bytes, int start, int end, int count, int delta) {
        if (!mayNameOffsets(bytes, start, end)) {
            return;
        }
        int at = start;
        for (int i = 0; i < count; i++) {
            at = shiftFrame(bytes, at, delta);
        }
        if (at != end) {
            throw Bytes.malformed(at, "stack map frames that do not end where their attribute does");
        }
    }

    private static boolean mayNameOffsets(byte[] bytes, int start, int end) {
        for (int at = start; at < end; at++) {
            if (bytes[at] == UNINITIALIZED) {
                return true;
            }
        }
        return false;
    }

    private static int shiftFrame(byte[] bytes, int at, int delta) {
        int type = Bytes.u1(bytes, at);
        if (type < SAME_LOCALS_ONE_ITEM) {
            return at + 1;
        }
        if (type < 128) {
            return shiftTypes(bytes, at + 1, 1, delta);
        }
        if (type < SAME_LOCALS_ONE_ITEM_EXTENDED) {
            throw Bytes.malformed(at, "a stack map frame of type " + type);
        }
        if (type == SAME_LOCALS_ONE_ITEM_EXTENDED) {
            return shiftTypes(bytes, at + 3, 1, delta);
        }
        if (type < FULL) {
            return shiftTypes(bytes, at + 3, Math.max(type - SAME_EXTENDED, 0), delta);
        }
        int stack = shiftTypes(bytes, at + 5, Bytes.u2(bytes, at + 3), delta);
        return shiftTypes(bytes, stack + 2, Bytes.u2(bytes, stack), delta);
    }

    private static int shiftTypes(byte[] bytes, int start, int count, int delta) {
        int at = start;
        for (int i = 0; i < count; i++) {
            int tag = Bytes.u1(bytes, at);
            if (tag == UNINITIALIZED) {
                CodeTables.shift(bytes, at + 1, delta);
            } else if (tag > UNINITIALIZED) {
                throw Bytes.malformed(at, "a verification type of tag " + tag);
            }
            at += tag >= OBJECT ? 3 : 1;
        }
        return at;
    }
}
