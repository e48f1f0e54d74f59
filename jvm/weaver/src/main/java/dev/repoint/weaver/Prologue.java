package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;

/// Instructions for the arguments of a call.
final class Prologue {

    private Prologue() {}

    /// Fails like a call with a null receiver: a target would run even then.
    static void refuseNull(CodeBuilder code, int slot) {
        ConstantPoolBuilder pool = code.constantPool();
        code.aload(slot)
                .invokestatic(PoolEntries.method(
                        pool, "java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;"))
                .pop();
    }

    /// Loads arguments from consecutive local variables.
    static void loadArguments(CodeBuilder code, MethodShape shape, int firstSlot) {
        int slot = firstSlot;
        for (String argument : shape.arguments()) {
            TypeKind kind = MethodShape.kind(argument);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }
}
