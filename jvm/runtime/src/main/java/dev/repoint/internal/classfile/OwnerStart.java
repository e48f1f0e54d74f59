package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;

/// The instructions that initialise the class of a static method before its body runs in another class, as a call of
/// the method would (JVMS 5.5).
///
/// | the class | instructions |
/// | --- | --- |
/// | has a static field | a read of the field. It initialises the class, and costs nothing afterwards |
/// | has nothing to initialise, or the method has a receiver | none |
/// | otherwise | `MethodHandles.lookup().ensureInitialized(class)` |
final class OwnerStart {

    private static final int POP = 0x57;
    private static final int POP2 = 0x58;
    private static final int GETSTATIC = 0xb2;
    private static final int LDC_W = 0x13;
    private static final int INVOKESTATIC = 0xb8;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";

    private OwnerStart() {}

    /// Writes the instructions. They do not change the stack, and need two slots of it.
    static ByteOutput of(Body body, ConstantPool pool) {
        ByteOutput code = new ByteOutput();
        ClassBytes file = body.file;
        if (!body.isStatic()) {
            return code;
        }
        int at = file.fieldsAt + 2;
        for (int count = file.u2(file.fieldsAt); count > 0; count--) {
            if (Modifier.isStatic(file.u2(at))) {
                String type = file.utf8(file.u2(at + 4));
                code.u1(GETSTATIC).u2(pool.member(ConstantPool.FIELD, file.name(), file.utf8(file.u2(at + 2)), type));
                return code.u1(Descriptors.width(type.charAt(0)) == 2 ? POP2 : POP);
            }
            at = file.skipAttributes(at + 6);
        }
        if (hasNothingToInitialize(file)) {
            return code;
        }
        code.u1(INVOKESTATIC)
                .u2(pool.member(ConstantPool.METHOD, "java/lang/invoke/MethodHandles", "lookup", "()L" + LOOKUP + ";"));
        code.u1(LDC_W).u2(file.thisClass());
        code.u1(INVOKEVIRTUAL)
                .u2(pool.member(
                        ConstantPool.METHOD, LOOKUP, "ensureInitialized", "(Ljava/lang/Class;)Ljava/lang/Class;"));
        return code.u1(POP);
    }

    /// Whether a class, its superclasses and its initialised interfaces have nothing to initialise.
    private static boolean hasNothingToInitialize(ClassBytes file) {
        if (file.declares("<clinit>")) {
            return false;
        }
        int superclass = file.u2(file.poolEnd + 4);
        boolean onlyItself = file.u2(file.poolEnd + 6) == 0
                && (superclass == 0 || file.className(superclass).equals("java/lang/Object"));
        return onlyItself || Modifier.isInterface(file.flags());
    }
}
