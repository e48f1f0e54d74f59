package dev.repoint.weaver.splice;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The constants in the bytes of a class file, and the attributes that they name (JVMS 4.4, 4.7).
///
/// Not thread-safe.
class PoolView {

    static final int CLASS = 7;

    private static final int UTF8 = 1;
    private static final int INVOKE_DYNAMIC = 18;

    final byte[] bytes;
    final int[] constants;
    final int poolEnd;

    private final AttributeKind[] kinds;
    private final @Nullable String[] strings;
    private int bootstrapMethodsAt = -1;

    /// @param bytes the class file; not changed
    /// @param constants the offset of the tag of each constant; 0 if the index has none
    /// @param poolEnd the end of the constant pool
    PoolView(byte[] bytes, int[] constants, int poolEnd) {
        this.bytes = bytes;
        this.constants = constants;
        this.poolEnd = poolEnd;
        this.kinds = new AttributeKind[constants.length];
        this.strings = new String[constants.length];
    }

    /// The tag of a constant, or 0 if the index has none.
    public final int tag(int index) {
        return index < constants.length && constants[index] != 0 ? bytes[constants[index]] : 0;
    }

    /// The two bytes at an offset.
    public final int u2(int at) {
        return Bytes.u2(bytes, at);
    }

    /// A byte.
    public final int u1(int at) {
        return Bytes.u1(bytes, at);
    }

    /// The name in a constant of a class.
    public final String className(int index) {
        return utf8(Bytes.u2(bytes, constant(index, CLASS) + 1));
    }

    /// The number of constants plus one.
    public final int poolSize() {
        return constants.length;
    }

    /// The offset of the attribute with the bootstrap methods, or -1.
    public final int bootstrapMethodsAt() {
        return bootstrapMethodsAt;
    }

    final void bootstrapMethodsAt(int at) {
        bootstrapMethodsAt = at;
    }

    /// The string of a constant.
    public final String utf8(int index) {
        String known = strings[index];
        if (known == null) {
            known = read(constant(index, UTF8));
            strings[index] = known;
        }
        return known;
    }

    /// Whether a constant is this string. The string is plain ASCII.
    public final boolean isUtf8(int index, byte[] ascii) {
        int at = constant(index, UTF8);
        int length = Bytes.u2(bytes, at + 1);
        return length == ascii.length && Arrays.equals(bytes, at + 3, at + 3 + length, ascii, 0, length);
    }

    /// The kind of the attribute at an offset.
    final AttributeKind kindAt(int at) {
        int name = Bytes.u2(bytes, at);
        AttributeKind known = kinds[name];
        if (known == null) {
            int start = constant(name, UTF8);
            known = AttributeKind.of(bytes, start + 3, Bytes.u2(bytes, start + 1));
            kinds[name] = known;
        }
        return known;
    }

    /// The index of the string with the name of attributes of a kind, or 0 if no such attribute was read.
    final int nameOf(AttributeKind kind) {
        for (int i = 1; i < kinds.length; i++) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return 0;
    }

    /// The end of an attribute.
    final int endOfAttribute(int at, int limit) {
        return at + 6 + Bytes.length(bytes, at + 2, limit);
    }

    /// The bootstrap method of an `invokedynamic`: owner and name, separated by a blank.
    ///
    /// @param index the index of the constant
    final String bootstrapOf(int index) {
        int number = Bytes.u2(bytes, constant(index, INVOKE_DYNAMIC) + 1);
        if (bootstrapMethodsAt < 0 || number >= Bytes.u2(bytes, bootstrapMethodsAt + 6)) {
            throw Bytes.malformed(constants[index], "a call of bootstrap method " + number + ", which is not there");
        }
        int at = bootstrapMethodsAt + 8;
        for (int i = 0; i < number; i++) {
            at += 4 + 2 * Bytes.u2(bytes, at + 2);
        }
        int handle = constant(Bytes.u2(bytes, at), 15);
        int member = constants[Bytes.u2(bytes, handle + 2)];
        int owner = constant(Bytes.u2(bytes, member + 1), CLASS);
        int nameAndType = constant(Bytes.u2(bytes, member + 3), 12);
        return utf8(Bytes.u2(bytes, owner + 1)) + " " + utf8(Bytes.u2(bytes, nameAndType + 1));
    }

    /// The offset of a constant.
    ///
    /// @throws IllegalArgumentException if it has another tag
    public final int constant(int index, int tag) {
        int at = constants[index];
        if (at == 0 || bytes[at] != tag) {
            throw Bytes.malformed(at, "constant " + index + " has not tag " + tag);
        }
        return at;
    }

    private String read(int at) {
        int length = Bytes.u2(bytes, at + 1);
        return ModifiedUtf8.decode(bytes, at + 3, length);
    }
}
