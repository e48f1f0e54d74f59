package dev.repoint.agent.reach;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.ThrowInstruction;
import java.lang.constant.DirectMethodHandleDesc.Kind;

/// Reads the body of a method, and finds what it uses. A lambda or method reference counts as a call where it is
/// created, and so does its linking.
///
/// It ignores the code between the creation of an exception and its `throw`: after that, a thread links nothing
/// more.
final class MethodBody {

    private final ClassTree classes;
    private final Uses uses;
    private boolean failing;

    private MethodBody(ClassTree classes, Uses uses) {
        this.classes = classes;
        this.uses = uses;
    }

    static void read(CodeModel body, ClassTree classes, Uses uses) {
        MethodBody reading = new MethodBody(classes, uses);
        for (CodeElement element : body) {
            reading.read(element);
        }
    }

    private void read(CodeElement element) {
        if (failing) {
            failing = !(element instanceof ThrowInstruction || element instanceof ReturnInstruction);
            return;
        }
        if (element instanceof NewObjectInstruction made) {
            make(made.className().asInternalName());
        } else if (element instanceof InvokeInstruction call) {
            call(call);
        } else if (element instanceof InvokeDynamicInstruction call) {
            constant(call.invokedynamic().bootstrap().bootstrapMethod());
            call.invokedynamic().bootstrap().arguments().forEach(this::constant);
        } else if (element instanceof FieldInstruction field) {
            if (field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC) {
                uses.touches(field.owner().asInternalName());
            }
        } else if (element instanceof ConstantInstruction.LoadConstantInstruction load) {
            constant(load.constantEntry());
            if (load.constantValue() instanceof String text) {
                uses.names(text);
            }
        }
    }

    private void make(String internalName) {
        if (classes.supertypes(internalName).contains("java/lang/Throwable")) {
            failing = true;
        } else {
            uses.makes(internalName);
        }
    }

    private void call(InvokeInstruction call) {
        MethodId called = idOf(call.method());
        if (call.opcode() == Opcode.INVOKESTATIC) {
            uses.touches(called.owner());
        }
        if (call.opcode() == Opcode.INVOKESTATIC || call.opcode() == Opcode.INVOKESPECIAL) {
            uses.calls(called);
        } else {
            uses.callsVirtually(called);
        }
    }

    private void constant(LoadableConstantEntry constant) {
        if (constant instanceof ClassEntry named) {
            uses.touches(named.asInternalName());
        }
        if (!(constant instanceof MethodHandleEntry handle)) {
            return;
        }
        MethodId called = idOf(handle.reference());
        switch (Kind.valueOf(handle.kind())) {
            case STATIC, INTERFACE_STATIC, SPECIAL, INTERFACE_SPECIAL -> uses.calls(called);
            case CONSTRUCTOR -> {
                uses.makes(called.owner());
                uses.calls(called);
            }
            case VIRTUAL, INTERFACE_VIRTUAL -> uses.callsVirtually(called);
            case GETTER, SETTER, STATIC_GETTER, STATIC_SETTER -> {}
        }
    }

    private static MethodId idOf(MemberRefEntry reference) {
        String owner = reference.owner().asInternalName();
        return new MethodId(
                owner.startsWith("[") ? "java/lang/Object" : owner,
                reference.name().stringValue(),
                reference.type().stringValue());
    }
}
