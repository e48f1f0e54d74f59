package dev.repoint.weaver;

import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.util.ArrayList;
import java.util.List;

/// Replaces the patched calls and method references of one body with calls of bridges.
final class BridgeEditor implements BodyTransform.Editor {

    /// The number of bytes that a reference grows: the constant and its pop.
    static final int REFERENCE_GROWTH = 4;

    private static final int IMPLEMENTATION = 1;

    private final SiteJudge judge;
    private final Bridges bridges;

    BridgeEditor(SiteJudge judge, Bridges bridges) {
        this.judge = judge;
        this.bridges = bridges;
    }

    @Override
    public void edit(CodeBuilder code, CodeElement element, List<StackMapFrameInfo> frames) {
        SiteVerdict verdict = judge.judge(element);
        if (verdict instanceof SiteVerdict.Call call) {
            call(code, call);
        } else if (verdict instanceof SiteVerdict.Reference reference) {
            reference(code, reference);
        } else {
            code.with(element);
        }
    }

    private void call(CodeBuilder code, SiteVerdict.Call call) {
        Bridge bridge =
                bridges.of(call.ref(), call.instruction().opcode(), call.ref().receiver());
        code.invoke(
                bridge.isStatic() ? Opcode.INVOKESTATIC : Opcode.INVOKESPECIAL,
                bridges.constant(code.constantPool(), bridge));
    }

    /// If a reference has captured its receiver, the receiver of the bridge must have exactly the captured type, or
    /// linking fails. Otherwise it has the type of the receiver of a call.
    private void reference(CodeBuilder code, SiteVerdict.Reference reference) {
        Opcode opcode = opcodeOf(Kind.valueOf(reference.handle().kind()));
        String factoryType = reference.instruction().type().stringValue();
        String receiver = reference.ref().receiver();
        if (opcode != Opcode.INVOKESTATIC && !factoryType.startsWith("()")) {
            List<String> captured =
                    MethodShape.of(Descriptors.checked(factoryType), "").arguments();
            receiver = MethodShape.constantName(captured.get(0));
        }
        Bridge bridge = bridges.of(reference.ref(), opcode, receiver);
        ConstantPoolBuilder pool = code.constantPool();
        BootstrapMethodEntry original = reference.instruction().invokedynamic().bootstrap();
        List<LoadableConstantEntry> arguments = new ArrayList<>(original.arguments());
        Kind kind = bridge.isStatic() ? Kind.STATIC : Kind.SPECIAL;
        arguments.set(IMPLEMENTATION, pool.methodHandleEntry(kind.refKind, bridges.constant(pool, bridge)));
        code.invokedynamic(pool.invokeDynamicEntry(
                pool.bsmEntry(original.bootstrapMethod(), arguments),
                reference.instruction().invokedynamic().nameAndType()));
        // If the method does not link, the creation of the reference fails, and not its first call.
        code.ldc(reference.handle()).pop();
    }

    private static Opcode opcodeOf(Kind kind) {
        return switch (kind) {
            case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
            case VIRTUAL -> Opcode.INVOKEVIRTUAL;
            case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
            case SPECIAL, INTERFACE_SPECIAL -> Opcode.INVOKESPECIAL;
            case CONSTRUCTOR, GETTER, SETTER, STATIC_GETTER, STATIC_SETTER ->
                throw new IllegalArgumentException("a method reference of kind " + kind);
        };
    }
}
