package dev.repoint.weaver.splice;

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
public final class ClassView {

    private static final int UTF8 = 1;
    private static final int CLASS = 7;
    private static final int INVOKE_DYNAMIC = 18;

    final byte[] bytes;
    final int[] constants;
    final int poolEnd;

    private final MethodView[] methods;
    private final int fieldsAt;
    private final int methodsAt;
    private final int attributesAt;
    private final AttributeKind[] kinds;
    private final @Nullable String[] strings;
    private int bootstrapMethodsAt = -1;
    private long namesOfMethods;

    /// Reads the structure of a class file after its constant pool.
    ///
    /// @param bytes the class file; not changed
    /// @param constants the offset of the tag of each constant; 0 if the index has none
    /// @param poolEnd the end of the constant pool
    public ClassView(byte[] bytes, int[] constants, int poolEnd) {
        this.bytes = bytes;
        this.constants = constants;
        this.poolEnd = poolEnd;
        this.kinds = new AttributeKind[constants.length];
        this.strings = new String[constants.length];
        this.fieldsAt = poolEnd + 8 + 2 * Bytes.u2(bytes, poolEnd + 6);
        this.methodsAt = skipFields(fieldsAt);
        this.methods = new MethodView[Bytes.u2(bytes, methodsAt)];
        this.attributesAt = readMethods();
        readAttributes();
    }

    /// The major version.
    public int majorVersion() {
        return Bytes.u2(bytes, 6);
    }

    /// The access flags of the class.
    public int flags() {
        return Bytes.u2(bytes, poolEnd);
    }

    /// The internal name of the class.
    public String name() {
        return utf8(Bytes.u2(bytes, constant(Bytes.u2(bytes, poolEnd + 2), CLASS) + 1));
    }

    /// The names of the fields.
    public List<String> fieldNames() {
        List<String> names = new ArrayList<>();
        int at = fieldsAt + 2;
        for (int count = Bytes.u2(bytes, fieldsAt); count > 0; count--) {
            names.add(utf8(Bytes.u2(bytes, at + 2)));
            at = skipAttributes(at + 6);
        }
        return names;
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
        byte[] ascii = attribute.getBytes(StandardCharsets.US_ASCII);
        int at = attributesAt + 2;
        for (int count = Bytes.u2(bytes, attributesAt); count > 0; count--) {
            if (isUtf8(Bytes.u2(bytes, at), ascii)) {
                return Bytes.u2(bytes, at + 6);
            }
            at = endOfAttribute(at, bytes.length);
        }
        return 0;
    }

    /// The number of constants plus one.
    int poolSize() {
        return constants.length;
    }

    /// The offset of the number of methods.
    int methodsAt() {
        return methodsAt;
    }

    /// The offset of the number of attributes of the class.
    int attributesAt() {
        return attributesAt;
    }

    /// The offset of the attribute with the bootstrap methods, or -1.
    int bootstrapMethodsAt() {
        return bootstrapMethodsAt;
    }

    /// The string of a constant.
    String utf8(int index) {
        String known = strings[index];
        if (known == null) {
            known = read(constant(index, UTF8));
            strings[index] = known;
        }
        return known;
    }

    /// Whether a constant is this string. The string is plain ASCII.
    boolean isUtf8(int index, byte[] ascii) {
        int at = constant(index, UTF8);
        int length = Bytes.u2(bytes, at + 1);
        return length == ascii.length && Arrays.equals(bytes, at + 3, at + 3 + length, ascii, 0, length);
    }

    /// The kind of the attribute at an offset.
    AttributeKind kindAt(int at) {
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
    int nameOf(AttributeKind kind) {
        for (int i = 1; i < kinds.length; i++) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return 0;
    }

    /// The end of an attribute.
    int endOfAttribute(int at, int limit) {
        return at + 6 + Bytes.length(bytes, at + 2, limit);
    }

    /// The bootstrap method of an `invokedynamic`: owner and name, separated by a blank.
    ///
    /// @param index the index of the constant
    String bootstrapOf(int index) {
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
    int constant(int index, int tag) {
        int at = constants[index];
        if (at == 0 || bytes[at] != tag) {
            throw Bytes.malformed(at, "constant " + index + " has not tag " + tag);
        }
        return at;
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

    private int skipFields(int start) {
        int at = start + 2;
        for (int count = Bytes.u2(bytes, start); count > 0; count--) {
            at = skipAttributes(at + 6);
        }
        return at;
    }

    private int skipAttributes(int start) {
        int at = start + 2;
        for (int count = Bytes.u2(bytes, start); count > 0; count--) {
            at = endOfAttribute(at, bytes.length);
        }
        return at;
    }

    private int readMethods() {
        int at = methodsAt + 2;
        for (int i = 0; i < methods.length; i++) {
            int end = skipAttributes(at + 6);
            methods[i] = new MethodView(this, at, end);
            at = end;
        }
        return at;
    }

    private void readAttributes() {
        int at = attributesAt + 2;
        for (int count = Bytes.u2(bytes, attributesAt); count > 0; count--) {
            int end = endOfAttribute(at, bytes.length);
            if (kindAt(at) == AttributeKind.BOOTSTRAP_METHODS) {
                bootstrapMethodsAt = at;
            }
            at = end;
        }
        if (at != bytes.length) {
            throw Bytes.malformed(at, (bytes.length - at) + " bytes behind the last attribute");
        }
    }

    private String read(int at) {
        int length = Bytes.u2(bytes, at + 1);
        return ModifiedUtf8.decode(bytes, at + 3, length);
    }
}
