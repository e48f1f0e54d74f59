package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.reflect.Modifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides whether a body works in another class of the same nest.
final class TwinRules {

    private final ClassModel model;
    private final String self;
    private final Key key;
    private final ProtectedAccess access;
    private int line = -1;

    TwinRules(ClassModel model, Hierarchy hierarchy, Key key) {
        this.model = model;
        this.self = model.thisClass().asInternalName();
        this.key = key;
        this.access = new ProtectedAccess(self, hierarchy);
    }

    /// Checks every element.
    ///
    /// @throws PatchException if the body does not work in another class; the message names the place
    void check(List<CodeElement> body) {
        for (CodeElement element : body) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof InvokeInstruction call) {
                call(call);
            } else if (element instanceof FieldInstruction field) {
                field(field);
            } else if (element instanceof InvokeDynamicInstruction dynamic) {
                refuseIf(LinkRules.refusal(dynamic.invokedynamic()));
                dynamic.invokedynamic().bootstrap().arguments().forEach(this::constant);
            } else if (element instanceof LoadConstantInstruction load) {
                constant(load.constantEntry());
            }
        }
    }

    private void call(InvokeInstruction call) {
        if (call.opcode() == Opcode.INVOKESPECIAL) {
            special(call.method());
        } else {
            method(call.method());
        }
    }

    private void field(FieldInstruction field) {
        refuseIf(access.refusal(field.field()));
        boolean assigns = field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
        if (assigns && isOwnFinal(field.field())) {
            refuse("it assigns the final field " + field.name().stringValue());
        }
    }

    private void constant(LoadableConstantEntry constant) {
        refuseIf(LinkRules.refusal(constant));
        for (MethodHandleEntry handle : LinkRules.handles(constant)) {
            if (handle.kind() == Kind.SPECIAL.refKind) {
                special(handle.reference());
            } else if (handle.reference() instanceof FieldRefEntry field) {
                refuseIf(access.refusal(field));
            } else {
                method(handle.reference());
            }
        }
    }

    private void method(MemberRefEntry method) {
        if (CallerSensitive.is(
                method.owner().asInternalName(), nameOf(method), method.type().stringValue())) {
            refuse("it calls " + text(method) + ", and this checks its caller");
        }
        refuseIf(access.refusal(method, method instanceof InterfaceMethodRefEntry));
    }

    /// A call with super works in another way only for an own method that no class can override. It never works for
    /// a method of a superclass.
    private void special(MemberRefEntry method) {
        if (nameOf(method).equals("<init>")) {
            return;
        }
        MethodModel own = method.owner().name().equalsString(self) ? find(method) : null;
        boolean sure = own != null
                && (Modifier.isPrivate(own.flags().flagsMask())
                        || Modifier.isFinal(own.flags().flagsMask())
                        || Modifier.isFinal(model.flags().flagsMask()));
        if (!sure) {
            refuse("it calls " + text(method) + " with super");
        }
    }

    private @Nullable MethodModel find(MemberRefEntry reference) {
        for (MethodModel method : model.methods()) {
            if (method.methodName().equals(reference.name())
                    && method.methodType().equals(reference.type())) {
                return method;
            }
        }
        return null;
    }

    private boolean isOwnFinal(FieldRefEntry reference) {
        for (FieldModel field : model.fields()) {
            if (reference.owner().name().equalsString(self)
                    && field.fieldName().equals(reference.name())
                    && field.fieldType().equals(reference.type())) {
                return Modifier.isFinal(field.flags().flagsMask());
            }
        }
        return false;
    }

    private void refuseIf(@Nullable String reason) {
        if (reason != null) {
            refuse(reason);
        }
    }

    private void refuse(String reason) {
        throw DefaultTwin.refused(key, line < 0 ? reason : reason + " (line " + line + ")");
    }

    private static String nameOf(MemberRefEntry reference) {
        return reference.name().stringValue();
    }

    private static String text(MemberRefEntry method) {
        return new Key(
                        method.owner().asInternalName().replace('/', '.'),
                        nameOf(method),
                        Descriptors.checked(method.type().stringValue()))
                .text();
    }
}
