package dev.repoint.bench.weave;

import dev.repoint.shape.Shape;
import java.util.IdentityHashMap;
import java.util.Map;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.TypePath;

/// Writes a method with its prologue, and at the same time its twin without. The twin has no annotations and
/// no debug information.
final class AsmPrologue extends MethodVisitor {

    private static final Handle BOOTSTRAP = new Handle(
            Opcodes.H_INVOKESTATIC,
            "dev/repoint/link/MethodLink",
            "entry",
            "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
                    + "Ljava/lang/Object;)Ljava/lang/invoke/CallSite;",
            false);

    private final MethodVisitor twin;
    private final String name;
    private final String descriptor;
    private final boolean isStatic;
    private final Map<Label, Label> labels = new IdentityHashMap<>();

    AsmPrologue(
            MethodVisitor method,
            MethodVisitor twin,
            String owner,
            boolean inInterface,
            String name,
            String descriptor,
            boolean isStatic) {
        super(Opcodes.ASM9, method);
        this.twin = twin;
        this.name = name;
        this.descriptor = descriptor;
        this.isStatic = isStatic;
    }

    @Override
    public void visitCode() {
        mv.visitCode();
        twin.visitCode();
        String shape = Shape.nameOf(descriptor, isStatic);
        Label body = new Label();
        mv.visitInvokeDynamicInsn(name, "()Ljava/lang/Object;", BOOTSTRAP, descriptor);
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
        twin.visitMaxs(maxStack, maxLocals);
    }

    @Override
    public void visitEnd() {
        mv.visitEnd();
        twin.visitEnd();
    }

    @Override
    public void visitAttribute(Attribute attribute) {
        mv.visitAttribute(attribute);
    }

    @Override
    public void visitFrame(int type, int numLocal, Object[] local, int numStack, Object[] stack) {
        mv.visitFrame(type, numLocal, local, numStack, stack);
        twin.visitFrame(type, numLocal, labelled(local, numLocal), numStack, labelled(stack, numStack));
    }

    @Override
    public void visitInsn(int opcode) {
        mv.visitInsn(opcode);
        twin.visitInsn(opcode);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        mv.visitIntInsn(opcode, operand);
        twin.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        mv.visitVarInsn(opcode, slot);
        twin.visitVarInsn(opcode, slot);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        mv.visitTypeInsn(opcode, type);
        twin.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String type) {
        mv.visitFieldInsn(opcode, owner, field, type);
        twin.visitFieldInsn(opcode, owner, field, type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
        mv.visitMethodInsn(opcode, owner, method, type, isInterface);
        twin.visitMethodInsn(opcode, owner, method, type, isInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
        mv.visitInvokeDynamicInsn(method, type, bootstrap, arguments);
        twin.visitInvokeDynamicInsn(method, type, bootstrap, arguments);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        mv.visitJumpInsn(opcode, label);
        twin.visitJumpInsn(opcode, of(label));
    }

    @Override
    public void visitLabel(Label label) {
        mv.visitLabel(label);
        twin.visitLabel(of(label));
    }

    @Override
    public void visitLdcInsn(Object value) {
        mv.visitLdcInsn(value);
        twin.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int slot, int increment) {
        mv.visitIincInsn(slot, increment);
        twin.visitIincInsn(slot, increment);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... targets) {
        mv.visitTableSwitchInsn(min, max, otherwise, targets);
        twin.visitTableSwitchInsn(min, max, of(otherwise), of(targets));
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] targets) {
        mv.visitLookupSwitchInsn(otherwise, keys, targets);
        twin.visitLookupSwitchInsn(of(otherwise), keys, of(targets));
    }

    @Override
    public void visitMultiANewArrayInsn(String type, int dimensions) {
        mv.visitMultiANewArrayInsn(type, dimensions);
        twin.visitMultiANewArrayInsn(type, dimensions);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
        mv.visitTryCatchBlock(start, end, handler, type);
        twin.visitTryCatchBlock(of(start), of(end), of(handler), type);
    }

    @Override
    public AnnotationVisitor visitTryCatchAnnotation(int typeRef, TypePath path, String type, boolean visible) {
        return mv.visitTryCatchAnnotation(typeRef, path, type, visible);
    }

    private Label of(Label label) {
        return labels.computeIfAbsent(label, absent -> new Label());
    }

    private Label[] of(Label[] targets) {
        Label[] mine = new Label[targets.length];
        for (int i = 0; i < mine.length; i++) {
            mine[i] = of(targets[i]);
        }
        return mine;
    }

    /// Frames name the places of `new` instructions by labels.
    private Object[] labelled(Object[] types, int count) {
        for (int i = 0; i < count; i++) {
            if (types[i] instanceof Label) {
                Object[] mine = types.clone();
                for (int j = i; j < count; j++) {
                    mine[j] = types[j] instanceof Label label ? of(label) : types[j];
                }
                return mine;
            }
        }
        return types;
    }
}
