package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ModifiedUtf8;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The constants that are added after those of a class (JVMS 4.4). Each is added once, but for those that callers keep
/// track of.
///
/// Of the existing constants, it reuses only classes, for the casts of results.
final class Constants {

    /// The maximum of `constant_pool_count` (JVMS 4.1).
    private static final int MOST = 65_535;

    /// The number of bytes in a hash.
    private static final int HASHED = 8;

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS = 7;
    private static final int STRING = 8;
    private static final int METHOD = 10;
    private static final int INTERFACE_METHOD = 11;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int INVOKE_DYNAMIC = 18;

    private static final byte[] OBJECT = ModifiedUtf8.encode("java/lang/Object");

    private final ClassView view;
    private final ByteSink added;
    private final Map<String, Integer> strings = new HashMap<>();
    private final Pairs pairs = new Pairs();
    private int next;
    private int object;
    /// The classes by the hashes of their names.
    private int[] classes = {};
    /// The offset of the name of each of them; the complement of that among the added bytes, if it was added.
    private int[] classNames = {};
    private int classCount;

    Constants(ClassView view) {
        this.view = view;
        this.next = view.poolSize();
        this.added = new ByteSink(1024 + view.methods().length * 96);
    }

    /// The added constants.
    ByteSink added() {
        return added;
    }

    /// The number of constants plus one.
    int size() {
        return next;
    }

    /// Whether there are more constants than a class file can have.
    boolean areTooMany() {
        return next > MOST;
    }

    int utf8(String string) {
        Integer known = strings.get(string);
        if (known != null) {
            return known;
        }
        byte[] bytes = ModifiedUtf8.encode(string);
        added.u1u2(UTF8, bytes.length);
        added.copy(bytes, 0, bytes.length);
        strings.put(string, next);
        return next++;
    }

    /// Adds a string, even if it is there. All its characters are ASCII.
    int addAscii(String string) {
        added.u1u2(UTF8, string.length());
        added.ascii(string);
        return next++;
    }

    /// Begins a string. Its bytes follow, then [#endUtf8].
    int beginUtf8() {
        added.u1u2(UTF8, 0);
        return next++;
    }

    /// Ends a string.
    ///
    /// @param at the offset of its constant
    void endUtf8(int at) {
        added.putU2(at + 1, added.length() - at - 3);
    }

    /// Adds a class, even if it is there.
    int addType(int name) {
        added.u1u2(CLASS, name);
        return next++;
    }

    /// Adds a string constant, even if it is there.
    int addString(int utf8) {
        added.u1u2(STRING, utf8);
        return next++;
    }

    /// Adds a name and type, even if it is there.
    int addNameAndType(int name, int type) {
        return add(NAME_AND_TYPE, name, type);
    }

    /// Adds a method of a class, even if it is there.
    int addMethod(int owner, int nameAndType) {
        return add(METHOD, owner, nameAndType);
    }

    /// Adds a method of an interface, even if it is there.
    int addInterfaceMethod(int owner, int nameAndType) {
        return add(INTERFACE_METHOD, owner, nameAndType);
    }

    /// Adds an `invokedynamic`, even if it is there.
    int addInvokeDynamic(int bootstrap, int nameAndType) {
        return add(INVOKE_DYNAMIC, bootstrap, nameAndType);
    }

    private int add(int tag, int first, int second) {
        added.u1u2u2(tag, first, second);
        return next++;
    }

    /// An existing string with a prefix.
    ///
    /// @param ascii the prefix
    int prefixed(byte[] ascii, int utf8) {
        int known = pairs.get(UTF8, utf8, 0);
        if (known != 0) {
            return known;
        }
        int at = view.constant(utf8, UTF8);
        int length = Bytes.u2(view.bytes, at + 1);
        if (ascii.length + length > 0xffff) {
            throw Bytes.malformed(at, "a name of " + length + " bytes, which is too long for a longer one");
        }
        added.u1u2(UTF8, ascii.length + length);
        added.copy(ascii, 0, ascii.length);
        added.copy(view.bytes, at + 3, at + 3 + length);
        return pairs.put(UTF8, utf8, 0, next++);
    }

    /// The constant of a class. The name has the form of class constants.
    int type(String name) {
        byte[] bytes = ModifiedUtf8.encode(name);
        int there = find(bytes, 0, bytes.length);
        return there != 0 ? there : one(CLASS, utf8(name));
    }

    /// The constant of `java.lang.Object`.
    int object() {
        if (object == 0) {
            object = find(OBJECT, 0, OBJECT.length);
        }
        if (object == 0) {
            object = addType(addAscii("java/lang/Object"));
        }
        return object;
    }

    /// The constant of the result of a method, or 0 for `java.lang.Object`, which needs no cast. It is a reference.
    ///
    /// @param descriptor the constant of the descriptor
    int resultType(int descriptor) {
        byte[] bytes = view.bytes;
        int at = view.constant(descriptor, UTF8);
        int end = at + 3 + Bytes.u2(bytes, at + 1);
        int start = end - 1;
        while (bytes[start - 1] != ')') {
            start--;
        }
        if (bytes[start] == 'L') {
            start++;
            end--;
        }
        if (Arrays.equals(bytes, start, end, OBJECT, 0, OBJECT.length)) {
            return 0;
        }
        int there = find(bytes, start, end);
        return there != 0 ? there : addResult(bytes, start, end);
    }

    /// Adds a class, and keeps it for the next method with this result.
    private int addResult(byte[] bytes, int start, int end) {
        if (2 * ++classCount > classes.length) {
            return one(CLASS, utf8(ModifiedUtf8.decode(bytes, start, end - start)));
        }
        int slot = hash(bytes, start, end - start) & classes.length - 1;
        while (classes[slot] != 0) {
            slot = slot + 1 & classes.length - 1;
        }
        classNames[slot] = ~added.length();
        added.u1u2(UTF8, end - start);
        added.copy(bytes, start, end);
        next++;
        classes[slot] = addType(next - 1);
        return classes[slot];
    }

    int integer(int value) {
        int known = pairs.get(INTEGER, value >>> 16, value & 0xffff);
        if (known != 0) {
            return known;
        }
        added.u1(INTEGER);
        added.u4(value);
        return pairs.put(INTEGER, value >>> 16, value & 0xffff, next++);
    }

    int string(int utf8) {
        return one(STRING, utf8);
    }

    int string(String value) {
        return string(utf8(value));
    }

    int nameAndType(int name, int type) {
        return two(NAME_AND_TYPE, name, type);
    }

    int method(int owner, int nameAndType) {
        return two(METHOD, owner, nameAndType);
    }

    int interfaceMethod(int owner, int nameAndType) {
        return two(INTERFACE_METHOD, owner, nameAndType);
    }

    int invokeDynamic(int bootstrap, int nameAndType) {
        return two(INVOKE_DYNAMIC, bootstrap, nameAndType);
    }

    /// A handle of kind `REF_invokeStatic`.
    int staticHandle(int method) {
        return handle(6, method);
    }

    /// A method handle (JVMS 4.4.8).
    int handle(int kind, int member) {
        int known = pairs.get(METHOD_HANDLE, kind, member);
        if (known != 0) {
            return known;
        }
        added.u1(METHOD_HANDLE);
        added.u1u2(kind, member);
        return pairs.put(METHOD_HANDLE, kind, member, next++);
    }

    private int one(int tag, int reference) {
        int known = pairs.get(tag, reference, 0);
        if (known != 0) {
            return known;
        }
        added.u1u2(tag, reference);
        return pairs.put(tag, reference, 0, next++);
    }

    private int two(int tag, int first, int second) {
        int known = pairs.get(tag, first, second);
        if (known != 0) {
            return known;
        }
        added.u1u2u2(tag, first, second);
        return pairs.put(tag, first, second, next++);
    }

    /// An existing class constant, or 0.
    ///
    /// @param wanted contains its name
    private int find(byte[] wanted, int start, int end) {
        if (classes.length == 0) {
            classes = indexClasses();
        }
        int slot = hash(wanted, start, end - start) & classes.length - 1;
        while (classes[slot] != 0) {
            byte[] names = classNames[slot] < 0 ? added.array() : view.bytes;
            int at = classNames[slot] < 0 ? ~classNames[slot] : classNames[slot];
            int length = Bytes.u2(names, at + 1);
            if (Arrays.equals(names, at + 3, at + 3 + length, wanted, start, end)) {
                return classes[slot];
            }
            slot = slot + 1 & classes.length - 1;
        }
        return 0;
    }

    private int[] indexClasses() {
        int[] there = view.classConstants();
        classCount = there.length;
        int room = classCount + Math.min(view.methods().length, 64);
        int[] index = new int[Integer.highestOneBit(room * 2 + 2) << 1];
        classNames = new int[index.length];
        for (int constant : there) {
            int at = view.constant(Bytes.u2(view.bytes, view.constants[constant] + 1), UTF8);
            int slot = hash(view.bytes, at + 3, Bytes.u2(view.bytes, at + 1)) & index.length - 1;
            while (index[slot] != 0) {
                slot = slot + 1 & index.length - 1;
            }
            index[slot] = constant;
            classNames[slot] = at;
        }
        return index;
    }

    /// A hash of the length and the last bytes. Names of classes differ there.
    private static int hash(byte[] bytes, int at, int length) {
        int hash = length;
        for (int i = Math.max(at, at + length - HASHED); i < at + length; i++) {
            hash = hash * 31 + bytes[i];
        }
        return hash ^ hash >>> 15;
    }
}
