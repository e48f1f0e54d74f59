package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.reflect.Modifier;

/// Initialises the class of a static method before its body runs in another class, as a call of the method would
/// (JVMS 5.5).
///
/// | the owner | instructions |
/// | --- | --- |
/// | has a static field | a read of the field. It initialises the class, and costs nothing afterwards |
/// | has nothing to initialise, or the method has a receiver | none |
/// | otherwise | `MethodHandles.lookup().ensureInitialized(owner)` |
interface OwnerStart {

    /// No instructions are necessary.
    OwnerStart NOTHING = code -> {};

    /// Writes the instructions. They do not change the stack.
    void write(CodeBuilder code);

    /// Chooses the instructions for a method.
    static OwnerStart of(ClassModel owner, MethodModel method) {
        if (!Modifier.isStatic(method.flags().flagsMask())) {
            return NOTHING;
        }
        for (FieldModel field : owner.fields()) {
            if (Modifier.isStatic(field.flags().flagsMask())) {
                return code -> read(code, owner, field);
            }
        }
        return hasNothingToInitialize(owner) ? NOTHING : code -> ensure(code, owner);
    }

    /// Whether a class, its superclasses and its initialised interfaces have nothing to initialise.
    private static boolean hasNothingToInitialize(ClassModel owner) {
        for (MethodModel method : owner.methods()) {
            if (method.methodName().equalsString("<clinit>")) {
                return false;
            }
        }
        boolean onlyItself = owner.interfaces().isEmpty()
                && owner.superclass()
                        .map(type -> type.name().equalsString("java/lang/Object"))
                        .orElse(true);
        return onlyItself || Modifier.isInterface(owner.flags().flagsMask());
    }

    private static void read(CodeBuilder code, ClassModel owner, FieldModel field) {
        ConstantPoolBuilder pool = code.constantPool();
        FieldRefEntry constant = pool.fieldRefEntry(
                PoolEntries.type(pool, owner.thisClass().asInternalName()),
                pool.nameAndTypeEntry(
                        pool.utf8Entry(field.fieldName().stringValue()),
                        pool.utf8Entry(field.fieldType().stringValue())));
        code.getstatic(constant);
        TypeKind kind = MethodShape.kind(field.fieldType().stringValue());
        if (kind.slotSize() == 2) {
            code.pop2();
        } else {
            code.pop();
        }
    }

    private static void ensure(CodeBuilder code, ClassModel owner) {
        ConstantPoolBuilder pool = code.constantPool();
        String lookup = "java/lang/invoke/MethodHandles$Lookup";
        code.invokestatic(method(pool, "java/lang/invoke/MethodHandles", "lookup", "()L" + lookup + ";"))
                .ldc(PoolEntries.type(pool, owner.thisClass().asInternalName()))
                .invokevirtual(method(pool, lookup, "ensureInitialized", "(Ljava/lang/Class;)Ljava/lang/Class;"))
                .pop();
    }

    private static MethodRefEntry method(ConstantPoolBuilder pool, String owner, String name, String descriptor) {
        return pool.methodRefEntry(
                PoolEntries.type(pool, owner), pool.nameAndTypeEntry(pool.utf8Entry(name), pool.utf8Entry(descriptor)));
    }
}
