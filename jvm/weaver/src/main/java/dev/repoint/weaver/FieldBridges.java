package dev.repoint.weaver;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The private methods for the uses of fields in one class. Each field constant gets one method for reads and one
/// for assignments.
///
/// They contain the original instruction, so its linkage errors, its access checks and the class that it initialises
/// stay the same. A call of such a method is as long as the instruction that it replaces.
final class FieldBridges {

    private final String self;
    private final boolean ofInterface;
    private final Set<String> taken = new HashSet<>();
    private final Map<Need, String> names = new LinkedHashMap<>();

    /// The properties that distinguish bridges. Each constant has one reference.
    private record Need(int constant, FieldRef ref, boolean assigns) {}

    FieldBridges(ClassModel model) {
        this.self = model.thisClass().asInternalName();
        this.ofInterface = Modifier.isInterface(model.flags().flagsMask());
        for (MethodModel method : model.methods()) {
            taken.add(method.methodName().stringValue());
        }
    }

    /// Replaces the uses of fields in one body with calls of bridges, and passes all other elements to another
    /// editor.
    ///
    /// @param freeLocal a local variable that the body does not use
    BodyTransform.Editor editor(FieldJudge judge, int freeLocal, BodyTransform.Editor other) {
        return new Editor(judge, freeLocal, other);
    }

    private final class Editor implements BodyTransform.Editor {

        private final FieldJudge judge;
        private final int freeLocal;
        private final BodyTransform.Editor other;

        Editor(FieldJudge judge, int freeLocal, BodyTransform.Editor other) {
            this.judge = judge;
            this.freeLocal = freeLocal;
            this.other = other;
        }

        @Override
        public void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
            FieldVerdict verdict = judge.judge(element);
            if (verdict instanceof FieldVerdict.Read read) {
                call(code, read.ref(), false);
            } else if (verdict instanceof FieldVerdict.Assign assign) {
                call(code, assign.ref(), true);
            } else if (verdict instanceof FieldVerdict.Reflect reflect) {
                ReflectiveWrites.write(code, reflect.instruction(), freeLocal);
            } else {
                other.edit(code, element, frames);
            }
        }

        private void call(CodeBuilder code, FieldRef ref, boolean assigns) {
            Need need = new Need(ref.constant().index(), ref, assigns);
            String name = names.computeIfAbsent(need, FieldBridges.this::name);
            code.invoke(Opcode.INVOKESTATIC, constant(code.constantPool(), name, descriptor(need)));
        }
    }

    /// Adds all bridges to the class.
    void write(ClassBuilder type) {
        ConstantPoolBuilder pool = type.constantPool();
        names.forEach((need, name) -> type.withMethodBody(
                pool.utf8Entry(name),
                pool.utf8Entry(descriptor(need)),
                ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                code -> {
                    if (need.assigns) {
                        assign(code, need.ref);
                    } else {
                        read(code, need.ref);
                    }
                }));
    }

    private static void read(CodeBuilder code, FieldRef ref) {
        Label plain = code.newLabel();
        TypeKind kind = MethodShape.kind(ref.descriptor());
        code.invokedynamic(LinkCalls.readable(code.constantPool(), ref)).ifeq(plain);
        FieldsInPlace.value(code, ref);
        code.return_(kind)
                .labelBinding(plain)
                .with(FieldInstruction.of(Opcode.GETSTATIC, ref.constant()))
                .return_(kind)
                .with(StackMapTableAttribute.of(List.of(StackMapFrameInfo.of(plain, List.of(), List.of()))));
    }

    private static void assign(CodeBuilder code, FieldRef ref) {
        TypeKind kind = MethodShape.kind(ref.descriptor());
        int ticket = kind.slotSize();
        ConstantPoolBuilder pool = code.constantPool();
        code.loadLocal(kind, 0)
                .invokedynamic(LinkCalls.enter(pool, ref))
                .istore(ticket)
                .loadLocal(kind, 0)
                .with(FieldInstruction.of(Opcode.PUTSTATIC, ref.constant()));
        code.iload(ticket).invokedynamic(LinkCalls.leave(pool, ref)).return_();
    }

    private static String descriptor(Need need) {
        return need.assigns ? "(" + need.ref.descriptor() + ")V" : "()" + need.ref.descriptor();
    }

    private MemberRefEntry constant(ConstantPoolBuilder pool, String name, String descriptor) {
        NameAndTypeEntry nameAndType = pool.nameAndTypeEntry(pool.utf8Entry(name), pool.utf8Entry(descriptor));
        return ofInterface
                ? pool.interfaceMethodRefEntry(LinkCalls.type(pool, self), nameAndType)
                : pool.methodRefEntry(LinkCalls.type(pool, self), nameAndType);
    }

    private String name(Need need) {
        String start = Bridges.PREFIX + need.ref.key().name() + (need.assigns ? "$put" : "$get");
        int number = names.size();
        String name = start + number;
        while (!taken.add(name)) {
            number++;
            name = start + number;
        }
        return name;
    }
}
