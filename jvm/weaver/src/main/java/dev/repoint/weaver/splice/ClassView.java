package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.internal.classfile.ConstantTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The structure of a class file in its bytes: the offsets of its parts (JVMS 4.1).
///
/// It checks every length before it uses it. A malformed file causes an [IllegalArgumentException] or an
/// [IndexOutOfBoundsException], never an endless loop.
///
/// Not thread-safe.
public final class ClassView extends PoolView {

    private final FieldView[] fields;
    private final MethodView[] methods;
    private final int fieldsAt;
    private final int methodsAt;
    private final int attributesAt;
    private long namesOfMethods;

    /// Reads the structure of a class file after its constant pool.
    ///
    /// @param bytes the class file; not changed
    /// @param constants the offset of the tag of each constant; 0 if the index has none
    /// @param poolEnd the end of the constant pool
    public ClassView(byte[] bytes, int[] constants, int poolEnd) {
        super(bytes, constants, poolEnd);
        this.fieldsAt = poolEnd + 8 + 2 * Bytes.u2(bytes, poolEnd + 6);
        this.fields = new FieldView[Bytes.u2(bytes, fieldsAt)];
        this.methodsAt = readFields();
        this.methods = new MethodView[Bytes.u2(bytes, methodsAt)];
        this.attributesAt = readMethods();
        readAttributes();
    }

    /// Reads the structure of a class file after its constant pool.
    ///
    /// @param bytes the class file; not changed
    /// @param constants the offset of the tag of each constant; 0 if the index has none
    /// @param classes the constants of classes
    /// @param poolEnd the end of the constant pool
    public ClassView(byte[] bytes, int[] constants, int[] classes, int poolEnd) {
        this(bytes, constants, poolEnd);
        classConstants(classes);
    }

    /// Reads the structure of a class file.
    ///
    /// @param bytes the class file; not changed
    /// @throws RuntimeException if it is malformed
    public static ClassView of(byte[] bytes) {
        ConstantTable pool = new ConstantTable(bytes);
        return new ClassView(bytes, pool.offsets(), pool.end());
    }

    /// Whether a class file has a string among its constants.
    ///
    /// @param utf8 the string
    /// @throws RuntimeException if it is malformed
    public static boolean contains(byte[] bytes, byte[] utf8) {
        for (int at : new ConstantTable(bytes).offsets()) {
            int length = at == 0 || bytes[at] != 1 ? -1 : Bytes.u2(bytes, at + 1);
            if (length == utf8.length && Arrays.equals(bytes, at + 3, at + 3 + length, utf8, 0, length)) {
                return true;
            }
        }
        return false;
    }

    /// The access flags.
    public int flags() {
        return Bytes.u2(bytes, poolEnd);
    }

    /// The internal name of the superclass, or null if there is none.
    public @Nullable String superclass() {
        int index = Bytes.u2(bytes, poolEnd + 4);
        return index == 0 ? null : className(index);
    }

    /// The internal names of the direct superinterfaces.
    public List<String> interfaces() {
        List<String> names = new ArrayList<>();
        for (int at = poolEnd + 8; at < fieldsAt; at += 2) {
            names.add(className(Bytes.u2(bytes, at)));
        }
        return names;
    }

    /// The offset of the content of an attribute of the class.
    ///
    /// @param attribute its name
    /// @return -1 if there is no such attribute
    public int attribute(String attribute) {
        byte[] ascii = attribute.getBytes(StandardCharsets.US_ASCII);
        int at = attributesAt + 2;
        for (int count = Bytes.u2(bytes, attributesAt); count > 0; count--) {
            if (isUtf8(Bytes.u2(bytes, at), ascii)) {
                return at + 6;
            }
            at = endOfAttribute(at, bytes.length);
        }
        return -1;
    }

    /// The content of an attribute of the class.
    ///
    /// @param at its offset
    public byte[] content(int at) {
        return Arrays.copyOfRange(bytes, at, at + Bytes.length(bytes, at - 4, bytes.length));
    }

    /// The major version.
    public int majorVersion() {
        return Bytes.u2(bytes, 6);
    }

    /// The internal name of the class.
    public String name() {
        return className(Bytes.u2(bytes, poolEnd + 2));
    }

    /// The fields in their order.
    public FieldView[] fields() {
        return fields;
    }

    /// The methods in their order.
    public MethodView[] methods() {
        return methods;
    }

    /// Whether the class declares a method.
    public boolean declares(String methodName, String descriptor) {
        if (methodName.isEmpty() || (namesOfMethods() & bit(methodName.charAt(0), methodName.length())) == 0) {
            return false;
        }
        for (MethodView method : methods) {
            if (method.name().equals(methodName) && method.descriptor().equals(descriptor)) {
                return true;
            }
        }
        return false;
    }

    /// The two bytes of an attribute of the class.
    ///
    /// @param attribute its name
    /// @return 0 if there is no such attribute
    public int twoBytesOf(String attribute) {
        int at = attribute(attribute);
        return at < 0 ? 0 : Bytes.u2(bytes, at);
    }

    /// The offset of the number of methods.
    int methodsAt() {
        return methodsAt;
    }

    /// The offset of the number of attributes of the class.
    int attributesAt() {
        return attributesAt;
    }

    /// A bit for each name of a method. Different names may share one bit.
    private long namesOfMethods() {
        if (namesOfMethods == 0) {
            for (MethodView method : methods) {
                String name = method.name();
                namesOfMethods |= name.isEmpty() ? 0 : bit(name.charAt(0), name.length());
            }
        }
        return namesOfMethods;
    }

    private static long bit(char first, int length) {
        return 1L << (first * 7 + length & 63);
    }

    private int readFields() {
        int at = fieldsAt + 2;
        for (int i = 0; i < fields.length; i++) {
            fields[i] = new FieldView(this, at);
            at = fields[i].end;
        }
        return at;
    }

    private int readMethods() {
        int at = methodsAt + 2;
        for (int i = 0; i < methods.length; i++) {
            methods[i] = new MethodView(this, at);
            at = methods[i].end;
        }
        return at;
    }

    private void readAttributes() {
        int at = attributesAt + 2;
        for (int count = Bytes.u2(bytes, attributesAt); count > 0; count--) {
            int end = endOfAttribute(at, bytes.length);
            if (kindAt(at) == AttributeKind.BOOTSTRAP_METHODS) {
                bootstrapMethodsAt(at);
            }
            at = end;
        }
        if (at != bytes.length) {
            throw Bytes.malformed(at, (bytes.length - at) + " bytes behind the last attribute");
        }
    }
}
