package dev.repoint.weaver.outline;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ConstantTable;
import dev.repoint.internal.classfile.ModifiedUtf8;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.ClassView;
import java.util.Arrays;

/// The constant pool in the bytes of a class file (JVMS 4.4), and the next few header fields.
///
/// For most classes the weaver reads nothing else, so this makes strings only on request. It checks every offset of
/// the file before it uses it.
public final class RawPool {

    private static final int MAGIC = 0xCAFEBABE;
    /// The minimum length after the pool: access, this, super, and four counts.
    private static final int LEAST_AFTER_POOL = 14;

    static final int UTF8 = 1;
    static final int CLASS = 7;
    public static final int FIELD = 9;
    public static final int METHOD = 10;
    public static final int INTERFACE_METHOD = 11;
    static final int NAME_AND_TYPE = 12;

    private final byte[] bytes;
    private final int[] offsets;
    private final int[] classes;
    private final int classCount;
    private final int end;
    private final int found;

    private RawPool(byte[] bytes, int[] offsets, int[] classes, int classCount, int end, int found) {
        this.bytes = bytes;
        this.offsets = offsets;
        this.classes = classes;
        this.classCount = classCount;
        this.end = end;
        this.found = found;
    }

    /// Reads the pool once, and searches for the needles.
    ///
    /// @throws WeaveException if the bytes are not a class file
    public static RawPool read(byte[] bytes, Needles needles) {
        if (bytes.length < ConstantTable.FIRST + LEAST_AFTER_POOL) {
            throw WeaveException.at(0, "it ends after " + bytes.length + " bytes");
        }
        int magic = Bytes.s4(bytes, 0);
        if (magic != MAGIC) {
            throw WeaveException.at(0, "magic number " + Integer.toHexString(magic));
        }
        int[] offsets = new int[Bytes.u2(bytes, 8)];
        int limit = bytes.length - LEAST_AFTER_POOL;
        int[] classes = new int[32];
        int classCount = 0;
        int at = ConstantTable.FIRST;
        int found = 0;
        for (int i = 1; i < offsets.length; i++) {
            if (at > limit) {
                throw WeaveException.at(at, "the file ends inside constant " + i + " of " + offsets.length);
            }
            offsets[i] = at;
            switch (bytes[at]) {
                case UTF8 -> {
                    int length = Bytes.u2(bytes, at + 1);
                    at += 3;
                    if (length > limit - at) {
                        throw WeaveException.at(at - 3, "constant " + i + " claims a string of " + length + " bytes");
                    }
                    found |= needles.meaningOf(bytes, at, length);
                    at += length;
                }
                case CLASS -> {
                    if (classCount == classes.length) {
                        classes = Arrays.copyOf(classes, 2 * classCount);
                    }
                    classes[classCount++] = i;
                    at += 3;
                }
                default -> {
                    int size = ConstantTable.sizeOf(bytes[at]);
                    if (size == 0) {
                        WeaveException.requireKnown(bytes);
                        throw WeaveException.at(at, "constant " + i + " has tag " + (bytes[at] & 0xff));
                    }
                    i += ConstantTable.takesTwo(bytes[at]) ? 1 : 0;
                    at += size;
                }
            }
        }
        if (at > limit) {
            throw WeaveException.at(at, "the file ends with its constant pool");
        }
        return new RawPool(bytes, offsets, classes, classCount, at, found);
    }

    /// Reads the rest of the class file, too.
    ///
    /// @throws RuntimeException if it is malformed
    public ClassView view() {
        return new ClassView(bytes, offsets, Arrays.copyOf(classes, classCount), end);
    }

    /// The meanings of all needles in the pool.
    public int found() {
        return found;
    }

    /// One more than the last index.
    public int size() {
        return offsets.length;
    }

    /// The tag at an index, or 0 if the index has no constant (the second half of a long).
    public int tag(int index) {
        return offsets[index] == 0 ? 0 : bytes[offsets[index]];
    }

    /// The major version of the class file.
    int majorVersion() {
        return Bytes.u2(bytes, 6);
    }

    /// The internal name of the class itself.
    public String thisClass() {
        return utf8(thisClassName());
    }

    /// Whether the internal name of the class itself has this prefix. The prefix is plain ASCII.
    public boolean thisClassStartsWith(byte[] prefix) {
        return thisClassStarts(prefix, (byte) '/');
    }

    /// The same, where a `/` of the prefix also stands for `$`: a source has the same sign before a nested class as after
    /// a package.
    public boolean thisClassStartsLike(byte[] prefix) {
        return thisClassStarts(prefix, (byte) '$');
    }

    private boolean thisClassStarts(byte[] prefix, byte slash) {
        int at = offsets[thisClassName()];
        if (Bytes.u2(bytes, at + 1) < prefix.length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            byte actual = bytes[at + 3 + i];
            if (actual != prefix[i] && !(prefix[i] == '/' && actual == slash)) {
                return false;
            }
        }
        return true;
    }

    /// The internal name of the superclass, or empty if there is none.
    String superclass() {
        return Bytes.u2(bytes, end + 4) == 0 ? "" : utf8(reference(offsets[reference(end + 4, CLASS)] + 1, UTF8));
    }

    /// The index of the string with the class name of the member constant at an index.
    int ownerOf(int member) {
        return reference(offsets[reference(offsets[member] + 1, CLASS)] + 1, UTF8);
    }

    /// The index of the name and type of the member constant at an index.
    public int nameAndTypeOf(int member) {
        return reference(offsets[member] + 3, NAME_AND_TYPE);
    }

    /// The index of the string with the name of the name and type at an index.
    public int nameOf(int nameAndType) {
        return reference(offsets[nameAndType] + 1, UTF8);
    }

    /// The index of the string with the type of the name and type at an index.
    public int typeOf(int nameAndType) {
        return reference(offsets[nameAndType] + 3, UTF8);
    }

    /// The string at an index.
    public String utf8(int index) {
        int at = offsets[index];
        try {
            return ModifiedUtf8.decode(bytes, at + 3, Bytes.u2(bytes, at + 1));
        } catch (IllegalArgumentException e) {
            throw new WeaveException("malformed class file at offset " + at + ": a string that is not UTF-8", e);
        }
    }

    private int thisClassName() {
        int self = reference(end + 2, CLASS);
        return reference(offsets[self] + 1, UTF8);
    }

    private int reference(int at, int tag) {
        int index = Bytes.u2(bytes, at);
        if (index >= offsets.length || tag(index) != tag) {
            throw WeaveException.at(at, "index " + index + " does not refer to a constant of tag " + tag);
        }
        return index;
    }
}
