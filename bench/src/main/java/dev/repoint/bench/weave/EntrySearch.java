package dev.repoint.bench.weave;

import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Looks for prologues in a class.
final class EntrySearch extends ClassVisitor {

    private boolean found;

    EntrySearch() {
        super(Opcodes.ASM9);
    }

    /// Whether there is one.
    boolean found() {
        return found;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                found |= bootstrap.getOwner().equals(AsmPrologue.LINK)
                        && bootstrap.getName().equals(AsmPrologue.ENTRY);
            }
        };
    }
}
