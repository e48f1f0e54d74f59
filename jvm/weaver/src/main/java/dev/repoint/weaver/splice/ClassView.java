package dev.repoint.weaver.splice;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A class file as it lies in its bytes: where its parts begin (JVMS 4.1).
///
/// Every length is checked before it is followed. What is malformed ends in an [IllegalArgumentException] or an
/// [IndexOutOfBoundsException], never in a loop.
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

    /// Reads the structure of a class file whose constant pool has been walked.
    ///
    /// @param bytes the class file; not written to
    /// @param constants where the tag of each constant stands; 0 where there is none
    /// @param poolEnd where the constant pool ends
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

    /// What an attribute of the class holds that is two bytes long.
    ///
    /// @param attribute its name
    /// @return 0 if there is none
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

    /// The number of constants, and one.
    int poolSize() {
        return constants.length;
    }

    /// Where the count of methods stands.
    int methodsAt() {
        return methodsAt;
    }

    /// Where the count of the attributes of the class stands.
    int attributesAt() {
        return attributesAt;
    }

    /// Where the attribute with the bootstrap methods stands, or -1.
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

    /// Whether a constant is this string, which is plain ASCII.
    boolean isUtf8(int index, byte[] ascii) {
        int at = constant(index, UTF8);
        int length = Bytes.u2(bytes, at + 1);
        return length == ascii.length && Arrays.equals(bytes, at + 3, at + 3 + length, ascii, 0, length);
    }

    /// What the attribute at an offset is.
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

    /// The index of the string that some attribute of a kind bears as its name, or 0 if it has not been met.
    int nameOf(AttributeKind kind) {
        for (int i = 1; i < kinds.length; i++) {
            if (kinds[i] == kind) {
                return i;
            }
        }
        return 0;
    }

    /// Where an attribute ends.
    int endOfAttribute(int at, int limit) {
        return at + 6 + Bytes.length(bytes, at + 2, limit);
    }

    /// The bootstrap method of an `invokedynamic`: owner and name, with a blank between them.
    ///
    /// @param index of the constant
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

    /// Where a constant stands.
    int constant(int index, int tag) {
        int at = constants[index];
        if (at == 0 || bytes[at] != tag) {
            throw Bytes.malformed(at, "constant " + index + " has not tag " + tag);
        }
        return at;
    }

    /// A bit for each name that a method has; different names may share one.
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
