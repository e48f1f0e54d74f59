package dev.repoint.weaver.splice;

import dev.repoint.internal.classfile.Bytes;
import dev.repoint.shape.Shape;
import org.jspecify.annotations.Nullable;

/// The constants of the shapes that one class calls.
final class Shapes {

    private static final int FIRST_CAPACITY = 16;
    private static final String PREFIX = Shape.nameOf("()V", true).replace("_V", "");
    private static final String OBJECT = "Ljava/lang/Object;";

    private final Constants constants;
    private @Nullable Constant[] byHash = new Constant[FIRST_CAPACITY];
    private int size;
    private int methodName;

    /// The constants of a shape.
    ///
    /// @param hash a hash of its kinds
    /// @param name the offset of the string with its name in the added constants
    /// @param type the constant of the interface
    /// @param call the constant of its method
    record Constant(int hash, int name, int type, int call) {}

    Shapes(Constants constants) {
        this.constants = constants;
    }

    /// The constants of the shape of a method.
    Constant of(Kinds kinds) {
        int hash = hash(kinds);
        int slot = hash & byHash.length - 1;
        for (Constant known = byHash[slot]; known != null; known = byHash[slot]) {
            if (known.hash == hash && isOf(known.name, kinds)) {
                return known;
            }
            slot = slot + 1 & byHash.length - 1;
        }
        Constant added = add(hash, kinds);
        byHash[slot] = added;
        if (++size * 2 > byHash.length) {
            grow();
        }
        return added;
    }

    private Constant add(int hash, Kinds kinds) {
        if (methodName == 0) {
            methodName = constants.addAscii(Shape.METHOD);
        }
        ByteSink out = constants.added();
        int name = out.length();
        int nameConstant = constants.beginUtf8();
        out.ascii(PREFIX);
        for (int i = 0; i < kinds.count(); i++) {
            out.u1(kinds.get(i));
        }
        out.u1('_');
        out.u1(kinds.result());
        constants.endUtf8(name);
        int type = constants.addType(nameConstant);
        int at = out.length();
        int descriptor = constants.beginUtf8();
        out.u1('(');
        for (int i = 0; i < kinds.count(); i++) {
            write(out, kinds.get(i));
        }
        out.u1(')');
        write(out, kinds.result());
        constants.endUtf8(at);
        int call = constants.addInterfaceMethod(type, constants.addNameAndType(methodName, descriptor));
        return new Constant(hash, name, type, call);
    }

    private static void write(ByteSink out, char kind) {
        if (kind == 'L') {
            out.ascii(OBJECT);
        } else {
            out.u1(kind);
        }
    }

    private boolean isOf(int name, Kinds kinds) {
        byte[] bytes = constants.added().array();
        int at = name + 3 + PREFIX.length();
        if (Bytes.u2(bytes, name + 1) != PREFIX.length() + kinds.count() + 2) {
            return false;
        }
        for (int i = 0; i < kinds.count(); i++) {
            if (bytes[at + i] != kinds.get(i)) {
                return false;
            }
        }
        return bytes[at + kinds.count() + 1] == kinds.result();
    }

    private static int hash(Kinds kinds) {
        int hash = kinds.result();
        for (int i = 0; i < kinds.count(); i++) {
            hash = hash * 31 + kinds.get(i);
        }
        return hash ^ hash >>> 15;
    }

    private void grow() {
        @Nullable Constant[] before = byHash;
        byHash = new Constant[before.length * 2];
        for (Constant known : before) {
            if (known != null) {
                int slot = known.hash & byHash.length - 1;
                while (byHash[slot] != null) {
                    slot = slot + 1 & byHash.length - 1;
                }
                byHash[slot] = known;
            }
        }
    }
}
