package dev.repoint.bench.weave;

import dev.repoint.shape.Shape;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// Writes a method with its prologue.
final class AsmPrologue extends MethodVisitor {

    static final String LINK = "dev/repoint/link/MethodLink";
    static final String ENTRY = "entry";

    private static final Handle BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            LINK,
            ENTRY,
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "[Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            false);

    private final String name;
    private final String descriptor;
    private final boolean isStatic;
    private final Integer fingerprint;

    AsmPrologue(MethodVisitor method, String name, String descriptor, boolean isStatic, int fingerprint) {
        super(Opcodes.ASM9, method);
        this.name = name;
        this.descriptor = descriptor;
        this.isStatic = isStatic;
        this.fingerprint = fingerprint;
    }

    @Override
    public void visitCode() {
        mv.visitCode();
        String shape = Shape.nameOf(descriptor, isStatic);
        Label body = new Label();
        mv.visitInvokeDynamicInsn(name, "()Ljava/lang/Object;", BOOTSTRAP, descriptor, fingerprint);
        mv.visitInsn(Opcodes.DUP);
        mv.visitJumpInsn(Opcodes.IFNULL, body);
        mv.visitTypeInsn(Opcodes.CHECKCAST, shape);
        int slot = 0;
        if (!isStatic) {
            mv.visitVarInsn(Opcodes.ALOAD, slot++);
        }
        for (Type argument : Type.getArgumentTypes(descriptor)) {
            mv.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slot);
            slot += argument.getSize();
        }
        mv.visitMethodInsn(
                Opcodes.INVOKEINTERFACE, shape, Shape.METHOD, Shape.callDescriptor(descriptor, isStatic), true);
        Type result = Type.getReturnType(descriptor);
        if (result.getSort() >= Type.ARRAY && !result.getInternalName().equals("java/lang/Object")) {
            mv.visitTypeInsn(Opcodes.CHECKCAST, result.getInternalName());
        }
        mv.visitInsn(result.getOpcode(Opcodes.IRETURN));
        mv.visitLabel(body);
        mv.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {"java/lang/Object"});
        mv.visitInsn(Opcodes.POP);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        int arguments = Type.getArgumentsAndReturnSizes(descriptor) >> 2; // counts a receiver even where there is none
        mv.visitMaxs(Math.max(maxStack, Math.max(2, 1 + arguments)), maxLocals);
    }
}
