package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// The original code of a method of a class file: the part behind its prologue, or all of it.
///
/// Immutable.
public final class Body {

    private static final int NOP = 0x00;
    private static final int POP = 0x57;
    private static final int DUP = 0x59;
    private static final int IFNULL = 0xc6;
    private static final int INTEGER = 3;

    final ClassBytes file;
    final int flags;
    final String descriptor;

    /// The offset of the attribute with the code.
    final int attribute;

    /// The offset and the length of the code, prologue included.
    final int start;

    final int length;

    /// The length of the prologue.
    final int from;

    private final String link;
    private final int fingerprint;

    private Body(ClassBytes file, int method, String descriptor, int attribute, String link) {
        this.file = file;
        this.flags = file.u2(method);
        this.descriptor = descriptor;
        this.attribute = attribute;
        this.start = attribute + 14;
        this.length = file.u4(attribute + 10);
        this.link = link;
        if (length <= 0 || length > file.endOfAttribute(attribute) - start) {
            throw ClassBytes.malformed(attribute);
        }
        int asking = file.u1(start) == InstructionCursor.INVOKEDYNAMIC && isEntry(file.u2(start + 1))
                ? file.bootstrapOf(file.u2(start + 1))
                : 0;
        this.from = asking == 0 ? 0 : endOfPrologue();
        this.fingerprint = asking == 0 ? 0 : fingerprintOf(asking);
    }

    /// The body of a method.
    ///
    /// @param link internal name of the class with the bootstrap methods of entries
    /// @return null if the class does not declare the method, or declares it without code
    /// @throws RuntimeException if the class file is malformed
    public static @Nullable Body of(ClassBytes file, String name, String descriptor, String link) {
        int method = file.method(name, descriptor);
        int attribute = method == 0 ? 0 : file.attribute(method + 6, "Code");
        return attribute == 0 ? null : new Body(file, method, descriptor, attribute, link);
    }

    /// Whether it stands behind a prologue.
    public boolean isWoven() {
        return from > 0;
    }

    /// The fingerprint of the class file that was woven, or 0 if the prologue has none.
    public int fingerprint() {
        return fingerprint;
    }

    boolean isStatic() {
        return Modifier.isStatic(flags);
    }

    boolean isSynchronized() {
        return Modifier.isSynchronized(flags);
    }

    int maxStack() {
        return file.u2(attribute + 6);
    }

    int maxLocals() {
        return file.u2(attribute + 8);
    }

    /// The offset of the number of handlers.
    int handlersAt() {
        return start + length;
    }

    /// The offset of the number of attributes of the code.
    int attributesAt() {
        return handlersAt() + 2 + 8 * file.u2(handlersAt());
    }

    /// Its instructions.
    InstructionCursor instructions() {
        return new InstructionCursor(file.bytes, start, start + from, start + length);
    }

    /// Whether an `invokedynamic` asks for the target of an entry.
    boolean isEntry(int dynamic) {
        int member = file.u2(file.constant(file.u2(file.bootstrapOf(dynamic)), ClassBytes.METHOD_HANDLE) + 2);
        if (!file.ownerOf(member).equals(link)) {
            return false;
        }
        String name = file.nameOf(member);
        return name.equals("entry") || name.equals("pointerEntry");
    }

    /// `invokedynamic; nop...; dup; ifnull body; ...; body: pop`.
    private int endOfPrologue() {
        int at = start + 5;
        while (file.u1(at) == NOP) {
            at++;
        }
        if (file.u1(at) != DUP || file.u1(at + 1) != IFNULL) {
            throw ClassBytes.malformed(at);
        }
        int body = at + 1 + (short) file.u2(at + 2);
        if (body <= at || body >= start + length || file.u1(body) != POP) {
            throw ClassBytes.malformed(at);
        }
        return body + 1 - start;
    }

    private int fingerprintOf(int bootstrap) {
        return file.u2(bootstrap + 2) < 2 ? 0 : file.u4(file.constant(file.u2(bootstrap + 6), INTEGER) + 1);
    }
}
