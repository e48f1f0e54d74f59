package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;

/// Stack map frames (JVMS 4.7.4).
///
/// A frame contains its distance from the previous frame. A prologue ends in a `pop` with its own frame, one byte
/// before the code. So the first frame of the code has the same distance from this frame as before from the start,
/// and does not change. Only the offsets of `new` instructions in frames need a correction.
final class FrameTable {

    private static final int OBJECT = 7;
    private static final int UNINITIALIZED = 8;
    private static final int LAST_SHORT_DISTANCE = 63;
    private static final int SAME_LOCALS_ONE_ITEM = 64;
    private static final int SAME_LOCALS_ONE_ITEM_EXTENDED = 247;
    private static final int SAME_EXTENDED = 251;
    private static final int FULL = 255;

    private FrameTable() {}

    /// The length of the frame at the end of a prologue.
    ///
    /// @param offset the offset of its `pop`
    static int lengthAtBody(int offset) {
        return offset <= LAST_SHORT_DISTANCE ? 4 : 6;
    }

    /// Writes the frame at the end of a prologue: the unchanged arguments, and an Object.
    ///
    /// @param offset the offset of its `pop`
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

    /// Corrects the offsets in frames.
    ///
    /// @param start the offset of the first frame
    /// @param end the end of the attribute
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
