package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;
import java.util.LinkedHashMap;
import java.util.Map;

/// Stands in for the instructions of a body that work only in its own class: calls with `super`, uses of protected
/// members of another package, and calls of methods of the JDK that check their caller.
///
/// Each becomes an `invokestatic` of the same length. The method that it calls asks
/// [dev.repoint.link.OwnerLink#member] for the member, with the right of the own class.
final class OwnerCalls {

    private static final int GETSTATIC = 0xb2;
    private static final int PUTSTATIC = 0xb3;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int INVOKESTATIC = 0xb8;
    private static final String BOOTSTRAP = "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;"
            + "Ljava/lang/invoke/MethodType;Ljava/lang/Class;I)Ljava/lang/invoke/CallSite;";

    private final ClassBytes file;
    private final ConstantPool pool;
    private final BootstrapCopy bootstraps;
    private final String self;

    /// The methods by instruction and constant.
    private final Map<Integer, String> names = new LinkedHashMap<>();

    OwnerCalls(ClassBytes file, ConstantPool pool, BootstrapCopy bootstraps, String self) {
        this.file = file;
        this.pool = pool;
        this.bootstraps = bootstraps;
        this.self = self;
    }

    /// The constant of the method that stands in for an instruction.
    int of(int opcode, int member) {
        int key = opcode << 16 | member;
        String name = names.get(key);
        if (name == null) {
            name = "owner" + names.size();
            names.put(key, name);
        }
        return pool.member(ConstantPool.METHOD, self, name, typeOf(opcode, member));
    }

    /// Writes the methods.
    ///
    /// @return their number
    int write(ByteOutput out) {
        names.forEach((key, name) -> write(out, name, key >>> 16, key & 0xffff));
        return names.size();
    }

    private void write(ByteOutput out, String name, int opcode, int member) {
        String type = typeOf(opcode, member);
        int declaring = file.u2(file.constants[member] + 1);
        int bootstrap = bootstraps.add("member", BOOTSTRAP, declaring, pool.integer(opcode));
        out.u2(Modifier.PRIVATE | Modifier.STATIC | ClassWriter.SYNTHETIC);
        out.u2(pool.utf8(name)).u2(pool.utf8(type)).u2(1);
        CodeWriter code = new CodeWriter(pool);
        code.loadAll(type).invokeDynamic(bootstrap, file.nameOf(member), type).giveBack(Descriptors.result(type));
        code.write(out, Descriptors.slots(type));
    }

    /// The type of an instruction as that of a static method: what it takes from the stack, and what it puts there.
    private String typeOf(int opcode, int member) {
        String type = file.typeOf(member);
        String receiver = "L" + (opcode == INVOKESPECIAL ? file.name() : file.ownerOf(member)) + ";";
        return switch (opcode) {
            case GETSTATIC -> "()" + type;
            case PUTSTATIC -> "(" + type + ")V";
            case GETFIELD -> "(" + receiver + ")" + type;
            case PUTFIELD -> "(" + receiver + type + ")V";
            case INVOKESTATIC -> type;
            default -> "(" + receiver + type.substring(1);
        };
    }
}
