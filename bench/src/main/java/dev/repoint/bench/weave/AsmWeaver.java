package dev.repoint.bench.weave;

import java.util.zip.CRC32;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/// The same entry weaving, written on ASM as fast as ASM allows: one visit of each class, the constant pool and
/// untouched methods copied as they are, no frames or sizes computed. It adds the prologue as the weaver
/// does, and leaves out what costs little: reports, marks, the checks of what cannot be patched.
final class AsmWeaver {

    private static final int NOT_WOVEN = Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE;

    private final Selected selected;

    AsmWeaver(Selected selected) {
        this.selected = selected;
    }

    /// Weaves a class if its name says so. The header is all that is read of any other.
    byte[] weaveMatching(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        return selected.hasOwner(reader.getClassName()) ? weave(reader, classFile) : classFile;
    }

    /// As [#weaveMatching], and looks for annotated methods first: the members of every class are read, its
    /// code is not.
    byte[] weaveAnnotated(byte[] classFile) {
        ClassReader reader = new ClassReader(classFile);
        if (selected.hasOwner(reader.getClassName())) {
            return weave(reader, classFile);
        }
        AsmAnnotations annotations = new AsmAnnotations();
        reader.accept(annotations, ClassReader.SKIP_CODE | ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return annotations.found() ? weave(reader, classFile) : classFile;
    }

    /// Weaves a class, and writes it anew whether it matches or not.
    byte[] weaveAll(byte[] classFile) {
        return weave(new ClassReader(classFile), classFile);
    }

    private byte[] weave(ClassReader reader, byte[] classFile) {
        ClassWriter writer = new ClassWriter(reader, 0);
        CRC32 fingerprint = new CRC32();
        fingerprint.update(classFile);
        reader.accept(new Entries(writer, (int) fingerprint.getValue()), 0);
        return writer.toByteArray();
    }

    private final class Entries extends ClassVisitor {

        private final int fingerprint;
        private boolean matches;

        Entries(ClassWriter writer, int fingerprint) {
            super(Opcodes.ASM9, writer);
            this.fingerprint = fingerprint;
        }

        @Override
        public void visit(
                int version, int access, String name, String signature, String superName, String[] interfaces) {
            matches = selected.hasOwner(name) && (version & 0xffff) >= Opcodes.V1_7;
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean patchable = matches
                    && (access & NOT_WOVEN) == 0
                    && name.charAt(0) != '<'
                    && selected.hasMethod(name)
                    && (Type.getArgumentsAndReturnSizes(descriptor) >> 2) <= 254;
            if (!patchable) {
                return method;
            }
            boolean isStatic = (access & Opcodes.ACC_STATIC) != 0;
            return new AsmPrologue(method, name, descriptor, isStatic, fingerprint);
        }
    }
}
