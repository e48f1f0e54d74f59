package dev.repoint.internal.classfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The constants of a class file (JVMS 4.4). Each method gives the index of a constant, which is added once.
final class ConstantPool {

    static final int FIELD = 9;
    static final int METHOD = 10;
    static final int INTERFACE_METHOD = 11;

    private static final int UTF8 = 1;
    private static final int INTEGER = 3;
    private static final int CLASS = 7;
    private static final int NAME_AND_TYPE = 12;
    private static final int METHOD_HANDLE = 15;
    private static final int INVOKE_DYNAMIC = 18;
    private static final int INVOKE_STATIC = 6;

    private final Map<List<Object>, Integer> indexes = new HashMap<>();
    private final ByteOutput content = new ByteOutput();
    private final int first;

    ConstantPool() {
        this(1);
    }

    /// @param first the index of the first constant
    ConstantPool(int first) {
        this.first = first;
    }

    int utf8(String string) {
        List<Object> constant = List.of(UTF8, string);
        Integer known = indexes.get(constant);
        if (known != null) {
            return known;
        }
        content.u1(UTF8).utf8(string);
        return add(constant);
    }

    /// A class.
    ///
    /// @param name its internal name, or the descriptor of an array
    int type(String name) {
        int utf8 = utf8(name);
        List<Object> constant = List.of(CLASS, utf8);
        Integer known = indexes.get(constant);
        if (known != null) {
            return known;
        }
        content.u1(CLASS).u2(utf8);
        return add(constant);
    }

    /// A field or a method.
    ///
    /// @param tag one of [#FIELD], [#METHOD] and [#INTERFACE_METHOD]
    int member(int tag, String owner, String name, String descriptor) {
        return pair(tag, type(owner), pair(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
    }

    int integer(int value) {
        List<Object> constant = List.of(INTEGER, value);
        Integer known = indexes.get(constant);
        if (known != null) {
            return known;
        }
        content.u1(INTEGER).u4(value);
        return add(constant);
    }

    /// A handle that calls a static method of a class.
    int staticHandle(String owner, String name, String descriptor) {
        int method = member(METHOD, owner, name, descriptor);
        List<Object> constant = List.of(METHOD_HANDLE, method);
        Integer known = indexes.get(constant);
        if (known != null) {
            return known;
        }
        content.u1(METHOD_HANDLE).u1(INVOKE_STATIC).u2(method);
        return add(constant);
    }

    /// A dynamic call.
    ///
    /// @param bootstrap the number of its bootstrap method
    int dynamic(int bootstrap, String name, String descriptor) {
        return pair(INVOKE_DYNAMIC, bootstrap, pair(NAME_AND_TYPE, utf8(name), utf8(descriptor)));
    }

    /// Writes the number of constants plus one, and the constants.
    void write(ByteOutput out) {
        out.u2(indexes.size() + 1).copy(content);
    }

    /// The number of constants.
    int size() {
        return indexes.size();
    }

    /// Writes the constants.
    void writeAdded(ByteOutput out) {
        out.copy(content);
    }

    private int pair(int tag, int first, int second) {
        List<Object> constant = List.of(tag, first, second);
        Integer known = indexes.get(constant);
        if (known != null) {
            return known;
        }
        content.u1(tag).u2(first).u2(second);
        return add(constant);
    }

    private int add(List<Object> constant) {
        int index = indexes.size() + first;
        indexes.put(constant, index);
        return index;
    }
}
