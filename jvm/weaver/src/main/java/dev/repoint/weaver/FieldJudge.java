package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which elements of one body use wanted fields, and which of these can be patched.
///
/// The caller passes the elements in order. For equal elements two judges give equal results.
final class FieldJudge {

    /// The kinds of field sites.
    static final String READ = "getstatic";
    static final String ASSIGNMENT = "putstatic";

    private static final String HANDLE = "ldc";
    private static final int BRIDGES_IN_INTERFACES = 52;

    private final FieldRefs refs;
    private final Key in;
    private final boolean noBridges;
    private final AnsweredFields answered = new AnsweredFields();

    /// @param in the method of the body
    FieldJudge(ClassModel model, FieldRefs refs, Key in, Phase phase) {
        this.refs = refs;
        this.in = in;
        this.noBridges = phase == Phase.LOAD
                && Modifier.isInterface(model.flags().flagsMask())
                && model.majorVersion() < BRIDGES_IN_INTERFACES;
    }

    /// Judges the next element.
    FieldVerdict judge(CodeElement element) {
        boolean done = answered.accept(element);
        if (element instanceof FieldInstruction field && !done) {
            return judge(field);
        }
        if (element instanceof InvokeInstruction call && refs.reflects() && ReflectiveWrites.is(call)) {
            return new FieldVerdict.Reflect(call);
        }
        if (element instanceof LoadConstantInstruction load) {
            return handles(List.of(load.constantEntry()), new HashSet<>());
        }
        if (element instanceof InvokeDynamicInstruction dynamic) {
            return handles(dynamic.invokedynamic().bootstrap().arguments(), new HashSet<>());
        }
        return FieldVerdict.LEAVE;
    }

    private FieldVerdict judge(FieldInstruction field) {
        boolean read = field.opcode() == Opcode.GETSTATIC;
        FieldRef ref = read || field.opcode() == Opcode.PUTSTATIC ? refs.of(field.field()) : null;
        if (ref == null || FieldRules.isOwnInitializer(ref.key(), in)) {
            return FieldVerdict.LEAVE;
        }
        String refusal = ref.refusal();
        if (refusal == null && noBridges) {
            refusal = "an interface of a class file version below " + BRIDGES_IN_INTERFACES + " can have no bridge";
        }
        if (refusal != null) {
            return new FieldVerdict.Refuse(ref, read ? READ : ASSIGNMENT, refusal);
        }
        return read ? new FieldVerdict.Read(ref, field) : new FieldVerdict.Assign(ref, field);
    }

    /// A handle that reads the field gets the current value. A handle that assigns the field bypasses its readers.
    ///
    /// @param seen the visited dynamic constants: in a damaged file, a constant may be its own argument
    private FieldVerdict handles(List<LoadableConstantEntry> constants, Set<Integer> seen) {
        for (LoadableConstantEntry constant : constants) {
            FieldVerdict found = FieldVerdict.LEAVE;
            if (constant instanceof MethodHandleEntry handle) {
                found = handle(handle);
            } else if (constant instanceof ConstantDynamicEntry dynamic && seen.add(dynamic.index())) {
                found = handles(dynamic.bootstrap().arguments(), seen);
            }
            if (found instanceof FieldVerdict.Refuse) {
                return found;
            }
        }
        return FieldVerdict.LEAVE;
    }

    private FieldVerdict handle(MethodHandleEntry handle) {
        @Nullable FieldRef ref = handle.kind() == Kind.STATIC_SETTER.refKind ? refs.of(handle.reference()) : null;
        return ref == null
                ? FieldVerdict.LEAVE
                : new FieldVerdict.Refuse(ref, HANDLE, "a MethodHandle constant assigns it");
    }
}
