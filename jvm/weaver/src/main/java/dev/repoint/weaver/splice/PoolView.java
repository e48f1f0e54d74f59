package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ModifiedUtf8;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The constants in the bytes of a class file, and the attributes that they name (JVMS 4.4, 4.7).
///
/// Not thread-safe.
class PoolView {

    /// The tags of constants.
    public static final int INTEGER = 3;

    public static final int CLASS = 7;
    public static final int STRING = 8;
    public static final int FIELD = 9;
    public static final int METHOD = 10;
    public static final int INTERFACE_METHOD = 11;
    public static final int METHOD_HANDLE = 15;
    public static final int DYNAMIC = 17;

    private static final int UTF8 = 1;
    private static final int NAME_AND_TYPE = 12;
    private static final int INVOKE_DYNAMIC = 18;

    byte[] bytes;
    final int[] constants;
    final int poolEnd;

    private final AttributeKind[] kinds;
    private final @Nullable String[] strings;
    private int bootstrapMethodsAt = -1;
    private int[] bootstraps = {};
    private int @Nullable [] classes;
    /// The results of [#slots(int)] plus one, by constant; 0 for one that was not asked for, or is malformed.
    private int @Nullable [] slots;

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

    /// Copies the bytes. From now on the view is one of the copy, which may be changed where no offset moves.
    ///
    /// @param original the bytes that this view was made of
    public final void useCopyOf(byte[] original) {
        bytes = original.clone();
    }

    /// The number of constants plus one.
    public final int poolSize() {
        return constants.length;
    }

    /// The constants of classes.
    final int[] classConstants() {
        if (classes == null) {
            int[] found = new int[constants.length];
            int count = 0;
            for (int i = 1; i < constants.length; i++) {
                if (tag(i) == CLASS) {
                    found[count++] = i;
                }
            }
            classes = Arrays.copyOf(found, count);
        }
        return classes;
    }

    /// Takes the constants of classes from a reader that has met them.
    final void classConstants(int[] found) {
        classes = found;
    }

    /// The name in the constant of a class.
    public final String className(int index) {
        return utf8(Bytes.u2(bytes, constant(index, CLASS) + 1));
    }

    /// The name of the class in the constant of a field or method.
    public final String memberOwner(int index) {
        return className(Bytes.u2(bytes, member(index) + 1));
    }

    /// The name in the constant of a field or method, or of a dynamic constant or call.
    public final String memberName(int index) {
        return utf8(Bytes.u2(bytes, nameAndType(index) + 1));
    }

    /// The descriptor in such a constant.
    public final String memberType(int index) {
        return utf8(Bytes.u2(bytes, nameAndType(index) + 3));
    }

    /// The constant of this descriptor.
    final int memberTypeIndex(int index) {
        return Bytes.u2(bytes, nameAndType(index) + 3);
    }

    /// The number in the constant of an int.
    public final int integer(int index) {
        return Bytes.s4(bytes, constant(index, INTEGER) + 1);
    }

    /// The text in the constant of a string.
    public final String string(int index) {
        return utf8(Bytes.u2(bytes, constant(index, STRING) + 1));
    }

    /// The kind of a method handle (JVMS 4.4.8).
    public final int handleKind(int index) {
        return Bytes.u1(bytes, constant(index, METHOD_HANDLE) + 1);
    }

    /// The constant of the field or method of a method handle.
    public final int handleMember(int index) {
        return Bytes.u2(bytes, constant(index, METHOD_HANDLE) + 2);
    }

    /// The method handle of the bootstrap method of a dynamic constant or call.
    public final int bootstrapHandle(int dynamic) {
        return Bytes.u2(bytes, bootstrapAt(dynamic));
    }

    /// The arguments of the bootstrap method of a dynamic constant or call.
    public final int[] bootstrapArguments(int dynamic) {
        int at = bootstrapAt(dynamic);
        int[] arguments = new int[Bytes.u2(bytes, at + 2)];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = Bytes.u2(bytes, at + 4 + 2 * i);
        }
        return arguments;
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

    /// The number of slots that the parameters of a method take.
    ///
    /// @param descriptor the constant with its descriptor
    /// @return -1 if it is malformed
    final int slots(int descriptor) {
        int[] known = slots;
        if (known == null) {
            known = new int[constants.length];
            slots = known;
        }
        if (known[descriptor] == 0) {
            int at = constant(descriptor, UTF8) + 3;
            known[descriptor] = MethodType.slots(bytes, at, at + Bytes.u2(bytes, at - 2)) + 1;
        }
        return known[descriptor] - 1;
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
    public final String bootstrapOf(int index) {
        constant(index, INVOKE_DYNAMIC);
        int member = handleMember(bootstrapHandle(index));
        return memberOwner(member) + " " + memberName(member);
    }

    /// The name and type in the constant of a dynamic call.
    final int nameAndTypeOf(int dynamic) {
        return Bytes.u2(bytes, constant(dynamic, INVOKE_DYNAMIC) + 3);
    }

    private int member(int index) {
        int at = constants[index];
        int tag = at == 0 ? 0 : bytes[at];
        if (tag < FIELD || tag > INTERFACE_METHOD) {
            throw Bytes.malformed(at, "constant " + index + " is no field and no method");
        }
        return at;
    }

    private int nameAndType(int index) {
        int tag = tag(index);
        int at = tag == DYNAMIC || tag == INVOKE_DYNAMIC ? constants[index] : member(index);
        return constant(Bytes.u2(bytes, at + 3), NAME_AND_TYPE);
    }

    /// The offset of the bootstrap method of a dynamic constant or call.
    private int bootstrapAt(int dynamic) {
        int at = tag(dynamic) == DYNAMIC ? constants[dynamic] : constant(dynamic, INVOKE_DYNAMIC);
        int number = Bytes.u2(bytes, at + 1);
        if (bootstrapMethodsAt < 0 || number >= Bytes.u2(bytes, bootstrapMethodsAt + 6)) {
            throw Bytes.malformed(at, "a call of bootstrap method " + number + ", which is not there");
        }
        if (bootstraps.length == 0) {
            bootstraps = indexBootstraps();
        }
        return bootstraps[number];
    }

    private int[] indexBootstraps() {
        int[] offsets = new int[Bytes.u2(bytes, bootstrapMethodsAt + 6)];
        int at = bootstrapMethodsAt + 8;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = at;
            at += 4 + 2 * Bytes.u2(bytes, at + 2);
        }
        return offsets;
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
