package dev.repoint.bench.weave;

import org.jspecify.annotations.Nullable;
import org.objectweb.asm.AnnotationVisitor;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/// Looks for methods that are annotated as patchable.
final class AsmAnnotations extends ClassVisitor {

    private boolean found;

    private final MethodVisitor method = new MethodVisitor(Opcodes.ASM9) {
        @Override
        public @Nullable AnnotationVisitor visitAnnotation(String descriptor, boolean visible) {
            found |= descriptor.equals("Ldev/repoint/Patchable;");
            return null;
        }
    };

    AsmAnnotations() {
        super(Opcodes.ASM9);
    }

    boolean found() {
        return found;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        return method;
    }
}
