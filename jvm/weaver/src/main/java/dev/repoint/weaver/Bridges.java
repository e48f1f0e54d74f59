package dev.repoint.weaver;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.NameAndTypeEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The new bridges of one class: one for each instruction, constant and type of receiver.
///
/// Their numbers follow the order of the first uses, so the same class always gets the same bridges.
final class Bridges {

    /// The prefix of the name of every bridge.
    static final String PREFIX = "repoint$";

    private final String self;
    private final boolean ofInterface;
    private final Set<String> taken = new HashSet<>();
    private final Map<Need, Bridge> bridges = new LinkedHashMap<>();

    /// The properties that distinguish bridges.
    ///
    /// @param receiver field descriptor, or empty
    private record Need(Opcode opcode, int constant, String receiver) {}

    Bridges(ClassModel model) {
        this.self = model.thisClass().asInternalName();
        this.ofInterface = Modifier.isInterface(model.flags().flagsMask());
        for (MethodModel method : model.methods()) {
            taken.add(method.methodName().stringValue());
        }
    }

    /// The bridge for a call, or for a method reference with the effect of this call.
    ///
    /// @param receiver the type of the receiver as class constants write it; ignored for a static call, and for
    ///     `invokespecial`, whose receiver is of the class itself
    Bridge of(SiteRef ref, Opcode opcode, String receiver) {
        String descriptor = switch (opcode) {
            case INVOKESTATIC -> "";
            case INVOKESPECIAL -> MethodShape.descriptorOf(self);
            default -> MethodShape.descriptorOf(receiver);
        };
        Need need = new Need(opcode, ref.constant().index(), descriptor);
        Bridge known = bridges.get(need);
        if (known == null) {
            boolean isStatic = opcode != Opcode.INVOKESPECIAL;
            MethodShape shape = MethodShape.of(ref.descriptor(), descriptor);
            known = new Bridge(
                    name(ref.key().name()), isStatic, shape, InvokeInstruction.of(opcode, ref.constant()), ref);
            bridges.put(need, known);
        }
        return known;
    }

    /// The constant of a bridge.
    MemberRefEntry constant(ConstantPoolBuilder pool, Bridge bridge) {
        NameAndTypeEntry nameAndType =
                pool.nameAndTypeEntry(pool.utf8Entry(bridge.name()), pool.utf8Entry(bridge.descriptor()));
        return ofInterface
                ? pool.interfaceMethodRefEntry(LinkCalls.type(pool, self), nameAndType)
                : pool.methodRefEntry(LinkCalls.type(pool, self), nameAndType);
    }

    /// Adds all bridges to the class.
    void write(ClassBuilder type) {
        ConstantPoolBuilder pool = type.constantPool();
        for (Bridge bridge : bridges.values()) {
            type.withMethodBody(
                    pool.utf8Entry(bridge.name()),
                    pool.utf8Entry(bridge.descriptor()),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_SYNTHETIC | (bridge.isStatic() ? ClassFile.ACC_STATIC : 0),
                    bridge::write);
        }
    }

    private String name(String method) {
        int number = bridges.size();
        String name = PREFIX + method + "$" + number;
        while (!taken.add(name)) {
            number++;
            name = PREFIX + method + "$" + number;
        }
        return name;
    }
}
