package dev.repoint.weaver.weave;

import dev.repoint.weaver.inplace.Arguments;
import dev.repoint.weaver.inplace.MethodShape;
import dev.repoint.weaver.inplace.PoolEntries;
import dev.repoint.weaver.rules.WovenMark;
import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The bridges of a class, written by means of the class-file library.
final class WitnessBridges {

    private final String self;
    private final boolean ofInterface;
    private final Map<List<Object>, Bridge> bridges = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    private record Bridge(String name, String type, boolean isStatic, Consumer<CodeBuilder> body) {}

    WitnessBridges(ClassModel model) {
        this.self = model.thisClass().asInternalName();
        this.ofInterface = model.flags().has(java.lang.reflect.AccessFlag.INTERFACE);
    }

    /// Calls the bridge for a use.
    void call(CodeBuilder code, UseOrder order, Instruction original) {
        Bridge bridge = switch (order) {
            case UseOrder.Call call -> of((InvokeInstruction) original, call.receiver(), call);
            case UseOrder.Reference reference -> of((InvokeDynamicInstruction) original, reference, code);
            case UseOrder.Read read -> of((FieldInstruction) original, read);
            case UseOrder.Assign assign -> of((FieldInstruction) original, assign);
            case UseOrder.Reflect reflect -> of((InvokeInstruction) original, reflect);
        };
        code.invoke(bridge.isStatic ? Opcode.INVOKESTATIC : Opcode.INVOKESPECIAL, entry(code.constantPool(), bridge));
    }

    void write(ClassBuilder type) {
        for (Bridge bridge : bridges.values()) {
            type.withMethodBody(
                    type.constantPool().utf8Entry(bridge.name),
                    type.constantPool().utf8Entry(bridge.type),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC | (bridge.isStatic ? ClassFile.ACC_STATIC : 0),
                    bridge.body);
        }
    }

    private Bridge of(InvokeInstruction original, String receiver, UseOrder.Call call) {
        boolean isStatic = original.opcode() != Opcode.INVOKESPECIAL;
        MethodShape shape = MethodShape.of(original.type().stringValue(), receiver);
        return bridges.computeIfAbsent(
                List.of(original.opcode(), original.method().index(), receiver),
                unknown -> new Bridge(
                        name("calls", original.name() + "$"),
                        isStatic ? shape.staticDescriptor() : original.type().stringValue(),
                        isStatic,
                        code -> {
                            boolean mayBeNull = isStatic && original.opcode() != Opcode.INVOKESTATIC;
                            StackMapFrameInfo frame = Witness.prologue(
                                    code, PoolEntries.dynamic(code.constantPool(), call.question()), shape, mayBeNull);
                            Arguments.load(code, shape, 0);
                            code.with(original).return_(MethodShape.kind(shape.result()));
                            code.with(StackMapTableAttribute.of(List.of(frame)));
                        }));
    }

    private Bridge of(InvokeDynamicInstruction original, UseOrder.Reference order, CodeBuilder user) {
        List<Object> key = List.of("reference", original.invokedynamic().index());
        Bridge known = bridges.get(key);
        if (known != null) {
            return known;
        }
        var bootstrap = original.invokedynamic().bootstrap();
        MethodHandleEntry handle = (MethodHandleEntry) bootstrap.arguments().get(1);
        Opcode opcode = switch (Kind.valueOf(handle.kind())) {
            case STATIC, INTERFACE_STATIC -> Opcode.INVOKESTATIC;
            case VIRTUAL -> Opcode.INVOKEVIRTUAL;
            case INTERFACE_VIRTUAL -> Opcode.INVOKEINTERFACE;
            default -> Opcode.INVOKESPECIAL;
        };
        Bridge called = of(
                InvokeInstruction.of(opcode, handle.reference()),
                order.receiver(),
                new UseOrder.Call(order.bci(), order.question(), order.receiver()));
        ConstantPoolBuilder pool = user.constantPool();
        List<LoadableConstantEntry> arguments = new ArrayList<>(bootstrap.arguments());
        Kind kind = called.isStatic ? Kind.STATIC : Kind.SPECIAL;
        arguments.set(1, pool.methodHandleEntry(kind.refKind, entry(pool, called)));
        MethodShape shape = MethodShape.of(original.type().stringValue(), "");
        Bridge bridge = new Bridge(
                name("references", handle.reference().name() + "$ref"),
                original.type().stringValue(),
                true,
                code -> {
                    Arguments.load(code, shape, 0);
                    code.invokedynamic(pool.invokeDynamicEntry(
                                    pool.bsmEntry(bootstrap.bootstrapMethod(), arguments),
                                    original.invokedynamic().nameAndType()))
                            .ldc(handle)
                            .pop()
                            .areturn();
                });
        bridges.put(key, bridge);
        return bridge;
    }

    private Bridge of(FieldInstruction original, UseOrder.Read order) {
        String type = original.type().stringValue();
        TypeKind kind = MethodShape.kind(type);
        return bridges.computeIfAbsent(
                List.of("read", original.field().index()),
                unknown -> new Bridge(name("fields", original.name() + "$get"), "()" + type, true, code -> {
                    ConstantPoolBuilder pool = code.constantPool();
                    Label plain = code.newLabel();
                    code.invokedynamic(PoolEntries.dynamic(pool, order.readable()))
                            .ifeq(plain)
                            .invokedynamic(PoolEntries.dynamic(pool, order.value()));
                    if (kind == TypeKind.REFERENCE && !type.equals("Ljava/lang/Object;")) {
                        code.checkcast(PoolEntries.type(pool, MethodShape.constantName(type)));
                    }
                    code.return_(kind).labelBinding(plain).with(original).return_(kind);
                    code.with(StackMapTableAttribute.of(List.of(StackMapFrameInfo.of(plain, List.of(), List.of()))));
                }));
    }

    private Bridge of(FieldInstruction original, UseOrder.Assign order) {
        String type = original.type().stringValue();
        TypeKind kind = MethodShape.kind(type);
        return bridges.computeIfAbsent(
                List.of("assignment", original.field().index()),
                unknown -> new Bridge(name("fields", original.name() + "$put"), "(" + type + ")V", true, code -> {
                    ConstantPoolBuilder pool = code.constantPool();
                    code.loadLocal(kind, 0)
                            .invokedynamic(PoolEntries.dynamic(pool, order.enter()))
                            .istore(kind.slotSize())
                            .loadLocal(kind, 0)
                            .with(original);
                    code.iload(kind.slotSize())
                            .invokedynamic(PoolEntries.dynamic(pool, order.leave()))
                            .return_();
                }));
    }

    private Bridge of(InvokeInstruction original, UseOrder.Reflect order) {
        MethodShape shape = MethodShape.of(original.type().stringValue(), "Ljava/lang/reflect/Field;");
        return bridges.computeIfAbsent(
                List.of("reflection", original.method().index()),
                unknown ->
                        new Bridge(name("assignments", original.name() + "$"), shape.staticDescriptor(), true, code -> {
                            Arguments.load(code, shape, 0);
                            code.with(original);
                            code.aload(0)
                                    .invokestatic(PoolEntries.report(code.constantPool(), order))
                                    .return_();
                        }));
    }

    private String name(String group, String name) {
        return WovenMark.PREFIX + name + (numbers.merge(group, 1, Integer::sum) - 1);
    }

    private MemberRefEntry entry(ConstantPoolBuilder pool, Bridge bridge) {
        var nameAndType = pool.nameAndTypeEntry(pool.utf8Entry(bridge.name), pool.utf8Entry(bridge.type));
        return ofInterface
                ? pool.interfaceMethodRefEntry(PoolEntries.type(pool, self), nameAndType)
                : pool.methodRefEntry(PoolEntries.type(pool, self), nameAndType);
    }
}
