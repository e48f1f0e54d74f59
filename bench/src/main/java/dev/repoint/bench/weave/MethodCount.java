package dev.repoint.bench.weave;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Counts the methods of a class.
final class MethodCount extends ClassVisitor {

    private final int[] count;

    MethodCount(int[] count) {
        super(Opcodes.ASM9);
        this.count = count;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        count[0]++;
        return null;
    }
}
