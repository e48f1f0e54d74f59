package dev.repoint.internal.classfile;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/// The structure of a class file in its bytes (JVMS 4.1), as far as the runtime looks at it: constants, methods,
/// attributes.
///
/// It checks every length before it uses it. A malformed file causes an [IllegalArgumentException] or an
/// [IndexOutOfBoundsException], never an endless loop.
///
/// Immutable and thread-safe, as long as nobody writes to the bytes.
public final class ClassBytes {

    static final int UTF8 = 1;
    static final int CLASS = 7;
    static final int FIELD = 9;
    static final int METHOD = 10;
    static final int INTERFACE_METHOD = 11;
    static final int NAME_AND_TYPE = 12;
    static final int METHOD_HANDLE = 15;
    static final int INVOKE_DYNAMIC = 18;

    final byte[] bytes;

    /// The offset of the tag of each constant; 0 if the index has none.
    final int[] constants;

    final int poolEnd;

    /// The offset of the number of fields.
    final int fieldsAt;

    private final int methodsAt;

    /// The offset of the number of attributes of the class.
    final int attributesAt;

    /// @param bytes the class file; not changed
    /// @throws RuntimeException if it is malformed
    public ClassBytes(byte[] bytes) {
        ConstantTable table = new ConstantTable(bytes);
        this.bytes = bytes;
        this.constants = table.offsets();
        this.poolEnd = table.end();
        this.fieldsAt = poolEnd + 8 + 2 * u2(poolEnd + 6);
        this.methodsAt = skipMembers(fieldsAt);
        this.attributesAt = skipMembers(methodsAt);
    }

    /// A number that two different class files hardly ever have in common; never 0.
    public static int fingerprint(byte[] classFile) {
        CRC32 crc = new CRC32();
        crc.update(classFile);
        int value = (int) crc.getValue();
        return value == 0 ? 1 : value;
    }

    /// The fingerprint of this class file.
    public int fingerprint() {
        return fingerprint(bytes);
    }

    /// The internal name of the class.
    public String name() {
        return className(thisClass());
    }

    int thisClass() {
        return u2(poolEnd + 2);
    }

    int flags() {
        return u2(poolEnd);
    }

    /// The offset of a method.
    ///
    /// @return 0 if there is no such method
    int method(String name, String descriptor) {
        int at = methodsAt + 2;
        for (int count = u2(methodsAt); count > 0; count--) {
            if (utf8(u2(at + 2)).equals(name) && utf8(u2(at + 4)).equals(descriptor)) {
                return at;
            }
            at = skipAttributes(at + 6);
        }
        return 0;
    }

    /// The access flags of a field, or 0 if there is no such field.
    int flagsOfField(String name, String type) {
        int at = fieldsAt + 2;
        for (int count = u2(fieldsAt); count > 0; count--) {
            if (utf8(u2(at + 2)).equals(name) && utf8(u2(at + 4)).equals(type)) {
                return u2(at);
            }
            at = skipAttributes(at + 6);
        }
        return 0;
    }

    /// Whether the class declares a method of a name.
    boolean declares(String method) {
        int at = methodsAt + 2;
        for (int count = u2(methodsAt); count > 0; count--) {
            if (utf8(u2(at + 2)).equals(method)) {
                return true;
            }
            at = skipAttributes(at + 6);
        }
        return false;
    }

    /// The offset of an attribute, which begins with its name.
    ///
    /// @param countAt the offset of the number of attributes
    /// @return 0 if there is none of that name
    int attribute(int countAt, String name) {
        byte[] wanted = name.getBytes(StandardCharsets.US_ASCII);
        int at = countAt + 2;
        for (int count = u2(countAt); count > 0; count--) {
            int utf8 = constant(u2(at), UTF8);
            int length = u2(utf8 + 1);
            if (Arrays.equals(bytes, utf8 + 3, utf8 + 3 + length, wanted, 0, wanted.length)) {
                return at;
            }
            at = endOfAttribute(at);
        }
        return 0;
    }

    /// The end of an attribute.
    int endOfAttribute(int at) {
        int length = u4(at + 2);
        if (length < 0 || length > bytes.length - at - 6) {
            throw malformed(at);
        }
        return at + 6 + length;
    }

    /// Where the attributes of a field, a method or the class end.
    int skipAttributes(int countAt) {
        int at = countAt + 2;
        for (int count = u2(countAt); count > 0; count--) {
            at = endOfAttribute(at);
        }
        return at;
    }

    String utf8(int index) {
        int at = constant(index, UTF8);
        return ModifiedUtf8.decode(bytes, at + 3, u2(at + 1));
    }

    String className(int index) {
        return utf8(u2(constant(index, CLASS) + 1));
    }

    /// The name of the class in the constant of a member.
    String ownerOf(int member) {
        return className(u2(constants[member] + 1));
    }

    /// The name in the constant of a member, or of an `invokedynamic`.
    String nameOf(int member) {
        return utf8(u2(constant(u2(constants[member] + 3), NAME_AND_TYPE) + 1));
    }

    /// The type in such a constant.
    String typeOf(int member) {
        return utf8(u2(constant(u2(constants[member] + 3), NAME_AND_TYPE) + 3));
    }

    /// The constant of the member of a method handle.
    int memberOf(int handle) {
        return u2(constant(handle, METHOD_HANDLE) + 2);
    }

    int tag(int index) {
        return constants[index] == 0 ? 0 : bytes[constants[index]];
    }

    /// The offset of a constant.
    int constant(int index, int tag) {
        int at = constants[index];
        if (at == 0 || bytes[at] != tag) {
            throw new IllegalArgumentException("constant " + index + " has not tag " + tag);
        }
        return at;
    }

    /// The offset of the bootstrap method of a dynamic call or constant: the index of its handle, the number of its
    /// arguments, and their indexes.
    int bootstrapOf(int dynamic) {
        return bootstrapAt(u2(constants[dynamic] + 1));
    }

    /// The offset of the bootstrap method of a number.
    int bootstrapAt(int number) {
        int attribute = attribute(attributesAt, BootstrapCopy.ATTRIBUTE);
        if (attribute == 0 || number >= u2(attribute + 6)) {
            throw new IllegalArgumentException("bootstrap method " + number + " is not there");
        }
        int at = attribute + 8;
        for (int i = 0; i < number; i++) {
            at += 4 + 2 * u2(at + 2);
        }
        return at;
    }

    int u1(int at) {
        return Bytes.u1(bytes, at);
    }

    int u2(int at) {
        return Bytes.u2(bytes, at);
    }

    int u4(int at) {
        return Bytes.s4(bytes, at);
    }

    static IllegalArgumentException malformed(int at) {
        return new IllegalArgumentException("it is malformed at offset " + at);
    }

    private int skipMembers(int countAt) {
        int at = countAt + 2;
        for (int count = u2(countAt); count > 0; count--) {
            at = skipAttributes(at + 6);
        }
        return at;
    }
}
