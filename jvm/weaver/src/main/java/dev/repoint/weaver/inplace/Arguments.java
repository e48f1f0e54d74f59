package dev.repoint.weaver.inplace;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;

/// Instructions for the arguments of a call.
public final class Arguments {

    private Arguments() {}

    /// Fails like a call with a null receiver: a target would run even then.
    public static void refuseNull(CodeBuilder code, int slot) {
        ConstantPoolBuilder pool = code.constantPool();
        code.aload(slot)
                .invokestatic(PoolEntries.method(
                        pool, "java/util/Objects", "requireNonNull", "(Ljava/lang/Object;)Ljava/lang/Object;"))
                .pop();
    }

    /// Loads arguments from consecutive local variables.
    public static void load(CodeBuilder code, MethodShape shape, int firstSlot) {
        int slot = firstSlot;
        for (String argument : shape.arguments()) {
            TypeKind kind = MethodShape.kind(argument);
            code.loadLocal(kind, slot);
            slot += kind.slotSize();
        }
    }
}
