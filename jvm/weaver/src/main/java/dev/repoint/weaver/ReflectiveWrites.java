package dev.repoint.weaver;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.InvokeInstruction;

/// The calls of `Field.set` and its variants. They assign a field that only the running program knows. After the
/// assignment, woven code reports the field to the runtime, so its readers get the new value.
///
/// ```
/// ..., field, object, value
/// store v; swap; dup_x1; swap; load v
/// invokevirtual Field.set as it was
/// invokestatic FieldLink.assigned(Field)
/// ```
///
/// The call stays in place, because `Field.set` checks its caller. The code has no jumps, so it needs no frames.
final class ReflectiveWrites {

    /// The class of these methods.
    static final String FIELD = "java/lang/reflect/Field";

    /// The length without the moves of the value: three instructions of one byte, and a call.
    private static final int FIXED_LENGTH = 6;

    private ReflectiveWrites() {}

    /// Whether a class has such calls that were not woven before.
    static boolean areIn(ConstantPool pool) {
        boolean found = false;
        for (PoolEntry entry : pool) {
            if (entry instanceof MemberRefEntry member) {
                if (LinkCalls.isAssigned(member)) {
                    return false;
                }
                found |= isWrite(member);
            }
        }
        return found;
    }

    /// Whether a call is such a call.
    static boolean is(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKEVIRTUAL && isWrite(call.method());
    }

    /// Writes one call and its report.
    ///
    /// @param freeLocal a local variable that the body does not use
    static void write(CodeBuilder code, InvokeInstruction call, int freeLocal) {
        TypeKind value = kind(call.method());
        ConstantPoolBuilder pool = code.constantPool();
        code.storeLocal(value, freeLocal).swap().dup_x1().swap().loadLocal(value, freeLocal);
        code.with(call).invoke(Opcode.INVOKESTATIC, LinkCalls.assigned(pool));
    }

    /// The number of bytes that the report of one call adds.
    static int growth(int maxLocals) {
        return FIXED_LENGTH + 2 * (maxLocals < 4 ? 1 : maxLocals < 256 ? 2 : 4);
    }

    private static boolean isWrite(MemberRefEntry member) {
        if (!member.owner().name().equalsString(FIELD)) {
            return false;
        }
        return switch (member.name().stringValue()) {
            case "set", "setBoolean", "setByte", "setChar", "setShort", "setInt", "setLong", "setFloat", "setDouble" ->
                member.type().stringValue().startsWith("(Ljava/lang/Object;")
                        && member.type().stringValue().endsWith(")V");
            default -> false;
        };
    }

    private static TypeKind kind(MemberRefEntry write) {
        String descriptor = write.type().stringValue();
        return MethodShape.kind(descriptor.substring("(Ljava/lang/Object;".length(), descriptor.length() - 2));
    }
}
