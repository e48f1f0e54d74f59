package dev.repoint.weaver;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.InvokeDynamicEntry;

/// Recognises woven code.
final class Woven {

    private static final byte INVOKEDYNAMIC = (byte) 0xBA;

    private Woven() {}

    /// Whether a method starts with the prologue of an entry.
    static boolean hasPrologue(ClassModel owner, MethodModel method) {
        return roleOfFirst(owner, method) == LinkCalls.Role.ENTRY;
    }

    /// Whether a method is a bridge of the weaver.
    static boolean isBridge(ClassModel owner, MethodModel method) {
        return (method.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) != 0
                && method.methodName().stringValue().startsWith(Bridges.PREFIX)
                && switch (roleOfFirst(owner, method)) {
                    case SITE, READABLE -> true;
                    case ENTRY, ENTER, FIELD, OTHER ->
                        roleAt(owner, method, 1) == LinkCalls.Role.ENTER; // a load is first
                };
    }

    /// Whether a method is the twin of a method of the same class.
    static boolean isTwin(ClassModel owner, MethodModel method) {
        String original = Twins.methodOf(method.methodName().stringValue());
        if (original == null || (method.flags().flagsMask() & ClassFile.ACC_SYNTHETIC) == 0) {
            return false;
        }
        for (MethodModel other : owner.methods()) {
            if (other.methodName().equalsString(original)
                    && other.methodType().equals(method.methodType())
                    && hasPrologue(owner, other)) {
                return true;
            }
        }
        return false;
    }

    private static LinkCalls.Role roleOfFirst(ClassModel owner, MethodModel method) {
        return roleAt(owner, method, 0);
    }

    private static LinkCalls.Role roleAt(ClassModel owner, MethodModel method, int at) {
        CodeAttribute body = method.findAttribute(Attributes.code()).orElse(null);
        if (body == null) {
            return LinkCalls.Role.OTHER;
        }
        byte[] code = body.codeArray();
        if (code.length < at + 3 || code[at] != INVOKEDYNAMIC) {
            return LinkCalls.Role.OTHER;
        }
        int index = (code[at + 1] & 0xff) << 8 | code[at + 2] & 0xff;
        return LinkCalls.roleOf(owner.constantPool().entryByIndex(index, InvokeDynamicEntry.class));
    }
}
