package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.InterfaceMethodRefEntry;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.util.ArrayList;
import java.util.List;

/// Copies code of a class into a nestmate.
///
/// Only `invokespecial` depends on its class: it may call only methods of this class and its superclasses. For
/// private and final methods, `invokevirtual` and `invokeinterface` select the same method (JVMS 5.4.6). The same
/// applies to method handles.
final class NestmateCalls {

    private final ClassModel from;

    NestmateCalls(ClassModel from) {
        this.from = from;
    }

    void write(CodeBuilder code, CodeElement element) {
        if (element instanceof InvokeInstruction call && isOwnSpecial(call)) {
            if (call.method() instanceof InterfaceMethodRefEntry method) {
                code.invokeinterface(method);
            } else {
                code.invokevirtual((MethodRefEntry) call.method());
            }
        } else if (element instanceof InvokeDynamicInstruction dynamic) {
            code.invokedynamic(moved(code.constantPool(), dynamic));
        } else if (element instanceof LoadConstantInstruction load) {
            code.ldc(moved(code.constantPool(), load.constantEntry()));
        } else {
            code.with(element);
        }
    }

    private boolean isOwnSpecial(InvokeInstruction call) {
        return call.opcode() == Opcode.INVOKESPECIAL
                && !call.name().equalsString("<init>")
                && call.owner().name().equals(from.thisClass().name());
    }

    private InvokeDynamicEntry moved(ConstantPoolBuilder pool, InvokeDynamicInstruction dynamic) {
        List<LoadableConstantEntry> arguments = new ArrayList<>();
        for (LoadableConstantEntry argument :
                dynamic.invokedynamic().bootstrap().arguments()) {
            arguments.add(moved(pool, argument));
        }
        return pool.invokeDynamicEntry(
                pool.bsmEntry(dynamic.invokedynamic().bootstrap().bootstrapMethod(), arguments),
                dynamic.invokedynamic().nameAndType());
    }

    private LoadableConstantEntry moved(ConstantPoolBuilder pool, LoadableConstantEntry constant) {
        if (constant instanceof MethodHandleEntry handle && handle.kind() == Kind.SPECIAL.refKind) {
            MemberRefEntry method = handle.reference();
            boolean ofInterface = method instanceof InterfaceMethodRefEntry;
            return pool.methodHandleEntry((ofInterface ? Kind.INTERFACE_VIRTUAL : Kind.VIRTUAL).refKind, method);
        }
        return constant;
    }
}
