package dev.repoint.internal.classfile;

/// Copies the stack map frames of a body (JVMS 4.7.4).
///
/// A frame tells its distance from the one before, and its locals by their difference. The frame of the prologue has
/// the locals of the beginning. So without it only the distance of the first frame changes, and the offsets of `new`
/// instructions.
final class FrameCopy {

    private static final int SAME_LOCALS_1 = 64;
    private static final int UNKNOWN = 128;
    private static final int SAME_LOCALS_1_EXTENDED = 247;
    private static final int SAME_EXTENDED = 251;
    private static final int FULL = 255;
    private static final int OBJECT = 7;
    private static final int UNINITIALIZED = 8;

    private final ClassBytes file;
    private final ByteOutput out;
    private final int from;
    private final int moved;
    private int at;

    /// @param moved what is added to an offset
    FrameCopy(Body body, ByteOutput out, int moved) {
        this.file = body.file;
        this.out = out;
        this.from = body.from;
        this.moved = moved;
    }

    /// Copies the frames of an attribute.
    ///
    /// @param attribute its offset
    /// @return their number
    int copy(int attribute) {
        int end = file.endOfAttribute(attribute);
        int copied = 0;
        int offset = -1;
        at = attribute + 8;
        for (int count = file.u2(attribute + 6); count > 0; count--) {
            int tag = file.u1(at);
            offset += 1 + distance(tag);
            if (offset < from) {
                skip(tag);
            } else if (copied++ == 0) {
                first(tag, offset + moved);
            } else {
                next(tag);
            }
            if (at > end) {
                throw ClassBytes.malformed(attribute);
            }
        }
        return copied;
    }

    private int distance(int tag) {
        if (tag >= UNKNOWN && tag < SAME_LOCALS_1_EXTENDED) {
            throw ClassBytes.malformed(at);
        }
        return tag < UNKNOWN ? tag % SAME_LOCALS_1 : file.u2(at + 1);
    }

    private void first(int tag, int offset) {
        boolean isShort = tag < UNKNOWN;
        if (tag < SAME_LOCALS_1 || tag == SAME_EXTENDED) {
            head(0, SAME_EXTENDED, offset);
        } else if (isShort || tag == SAME_LOCALS_1_EXTENDED) {
            head(SAME_LOCALS_1, SAME_LOCALS_1_EXTENDED, offset);
        } else {
            out.u1(tag).u2(offset);
        }
        at += isShort ? 1 : 3;
        rest(tag);
    }

    private void head(int shortTag, int longTag, int offset) {
        if (offset < SAME_LOCALS_1) {
            out.u1(shortTag + offset);
        } else {
            out.u1(longTag).u2(offset);
        }
    }

    private void next(int tag) {
        out.u1(tag);
        if (tag >= UNKNOWN) {
            out.u2(file.u2(at + 1));
        }
        at += tag < UNKNOWN ? 1 : 3;
        rest(tag);
    }

    /// Copies what follows the distance.
    private void rest(int tag) {
        if (tag == FULL) {
            types(counted());
            types(counted());
        } else {
            types(typesOf(tag));
        }
    }

    private int counted() {
        int count = file.u2(at);
        out.u2(count);
        at += 2;
        return count;
    }

    private static int typesOf(int tag) {
        if (tag >= SAME_LOCALS_1 && tag < UNKNOWN || tag == SAME_LOCALS_1_EXTENDED) {
            return 1;
        }
        return Math.max(0, tag - SAME_EXTENDED); // up to three more locals
    }

    private void types(int count) {
        for (int i = 0; i < count; i++) {
            int kind = file.u1(at);
            out.u1(kind);
            if (kind == UNINITIALIZED) {
                out.u2(file.u2(at + 1) + moved);
            } else if (kind == OBJECT) {
                out.u2(file.u2(at + 1));
            }
            at += lengthOfType(kind);
        }
    }

    private void skip(int tag) {
        at += tag < UNKNOWN ? 1 : 3;
        if (tag == FULL) {
            skipTypes(file.u2(at), 2);
            skipTypes(file.u2(at), 2);
        } else {
            skipTypes(typesOf(tag), 0);
        }
    }

    private void skipTypes(int count, int header) {
        at += header;
        for (int i = 0; i < count; i++) {
            at += lengthOfType(file.u1(at));
        }
    }

    private static int lengthOfType(int kind) {
        return kind == OBJECT || kind == UNINITIALIZED ? 3 : 1;
    }
}
