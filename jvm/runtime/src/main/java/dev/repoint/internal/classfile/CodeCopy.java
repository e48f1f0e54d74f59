package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;
import java.util.function.Predicate;

/// Copies the code of a body to another class, with handlers, line numbers and stack map frames. Tables of variables
/// stay behind: only debuggers read them.
///
/// | instruction | becomes |
/// | --- | --- |
/// | `invokespecial` of a private or final method of the class itself | `invokevirtual`, which selects the same method (JVMS 5.4.6) |
/// | what works only in the class itself | a call of what [stands in][OwnerCalls] for it |
/// | every other | itself |
final class CodeCopy {

    static final int HANDLE_OF_SPECIAL = 7;

    private static final int NOP = 0x00;
    private static final int GETSTATIC = 0xb2;
    private static final int PUTFIELD = 0xb5;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int INVOKESTATIC = 0xb8;
    private static final int INVOKEDYNAMIC = 0xba;

    private final Body body;
    private final ClassBytes file;
    private final OwnerCalls ownerCalls;
    private final Predicate<String> isProtected;

    /// @param isProtected whether the class inherits a protected member from another package, by name, a blank and
    ///     the descriptor
    CodeCopy(Body body, OwnerCalls ownerCalls, Predicate<String> isProtected) {
        this.body = body;
        this.file = body.file;
        this.ownerCalls = ownerCalls;
        this.isProtected = isProtected;
    }

    /// Writes the `Code` attribute (JVMS 4.7.3).
    ///
    /// @param name the constant of its name
    /// @param head instructions without branches that go first; they need two slots of the stack
    /// @throws UncopiableException if the code works only in its own class
    void write(ByteOutput out, int name, ByteOutput head) {
        ByteOutput code = new ByteOutput().copy(head);
        boolean aligned = copyInstructions(new ByteOutput());
        while (aligned && (code.length() - body.from) % Instructions.ALIGNMENT != 0) {
            code.u1(NOP);
        }
        int moved = code.length() - body.from;
        boolean unused = copyInstructions(code);
        ByteOutput rest = new ByteOutput();
        writeHandlers(rest, moved);
        writeTables(rest, moved);
        out.u2(name).u4(8 + code.length() + rest.length());
        out.u2(Math.max(body.maxStack(), 2)).u2(body.maxLocals());
        out.u4(code.length()).copy(code).copy(rest);
    }

    /// @return whether there is a switch
    private boolean copyInstructions(ByteOutput code) {
        boolean aligned = false;
        InstructionCursor instructions = body.instructions();
        int copied = body.start + body.from;
        while (instructions.next()) {
            int at = instructions.at();
            int opcode = instructions.opcode();
            aligned |= instructions.isSwitch();
            if (opcode == INVOKEDYNAMIC) {
                requireCopiable(instructions.constant());
            }
            if (opcode < GETSTATIC || opcode > INVOKESTATIC) {
                continue;
            }
            int member = instructions.constant();
            if (opcode == INVOKESPECIAL && file.nameOf(member).equals(ClassWriter.CONSTRUCTOR)) {
                continue;
            }
            if (opcode == INVOKESPECIAL && isOwnAlone(member)) {
                code.bytes(file.bytes, copied, at).u1(INVOKEVIRTUAL);
                copied = at + 1;
            } else if (isOfOwnerOnly(opcode, member)) {
                code.bytes(file.bytes, copied, at).u1(INVOKESTATIC).u2(ownerCalls.of(opcode, member));
                copied = at + 3;
            }
        }
        code.bytes(file.bytes, copied, body.start + body.length);
        return aligned;
    }

    /// Refuses a dynamic call that no other class can link.
    private void requireCopiable(int dynamic) {
        if (body.isEntry(dynamic)) {
            throw new UncopiableException("another agent has inserted code before its prologue");
        }
        int bootstrap = file.bootstrapOf(dynamic);
        for (int i = 0; i < file.u2(bootstrap + 2); i++) {
            int handle = file.u2(bootstrap + 4 + 2 * i);
            if (file.tag(handle) == ClassBytes.METHOD_HANDLE && !isCopiable(handle, bootstrap)) {
                int member = file.memberOf(handle);
                throw new UncopiableException("it makes a handle of "
                        + file.ownerOf(member).replace('/', '.') + "." + file.nameOf(member)
                        + ", which works only in its own class");
            }
        }
    }

    private boolean isCopiable(int handle, int bootstrap) {
        int member = file.memberOf(handle);
        if (file.u1(file.constants[handle] + 1) == HANDLE_OF_SPECIAL) {
            // The serial form of a lambda tells the kind of its handle, and a copy has another.
            return file.ownerOf(member).equals(file.name()) && !BootstrapCopy.isSerializable(file, bootstrap);
        }
        return !isProtected.test(file.nameOf(member) + " " + file.typeOf(member));
    }

    /// Whether a method is one of the class itself that no other class overrides.
    private boolean isOwnAlone(int member) {
        if (file.tag(member) != ClassBytes.METHOD || !file.ownerOf(member).equals(file.name())) {
            return false;
        }
        int method = file.method(file.nameOf(member), file.typeOf(member));
        return method != 0
                && (Modifier.isPrivate(file.u2(method))
                        || Modifier.isFinal(file.u2(method))
                        || Modifier.isFinal(file.flags()));
    }

    private boolean isOfOwnerOnly(int opcode, int member) {
        String owner = file.ownerOf(member);
        String name = file.nameOf(member);
        if (opcode == INVOKESPECIAL) {
            return true;
        }
        if (opcode <= PUTFIELD) {
            if (opcode % 2 != 0 && isOwnFinal(member)) {
                throw new UncopiableException("it assigns the final field " + name);
            }
        } else if (StackReaders.include(owner, name)) {
            throw new UncopiableException(
                    "it calls " + owner.replace('/', '.') + "." + name + ", and this looks at the calling frames");
        }
        String type = file.typeOf(member);
        return opcode > PUTFIELD && CallerSensitive.is(owner, name, type)
                || !owner.startsWith("[") && isProtected.test(name + " " + type);
    }

    private boolean isOwnFinal(int member) {
        return file.ownerOf(member).equals(file.name())
                && Modifier.isFinal(file.flagsOfField(file.nameOf(member), file.typeOf(member)));
    }

    private void writeHandlers(ByteOutput out, int moved) {
        ByteOutput handlers = new ByteOutput();
        int at = body.handlersAt() + 2;
        for (int count = file.u2(at - 2); count > 0; count--) {
            int start = Math.max(file.u2(at), body.from);
            int end = file.u2(at + 2);
            if (start < end) {
                handlers.u2(start + moved).u2(end + moved);
                handlers.u2(file.u2(at + 4) + moved).u2(file.u2(at + 6));
            }
            at += 8;
        }
        out.u2(handlers.length() / 8).copy(handlers);
    }

    private void writeTables(ByteOutput out, int moved) {
        ByteOutput tables = new ByteOutput();
        int count = 0;
        int at = body.attributesAt() + 2;
        for (int left = file.u2(at - 2); left > 0; left--) {
            String name = file.utf8(file.u2(at));
            ByteOutput table = new ByteOutput();
            int entries = switch (name) {
                case "LineNumberTable" -> copyLines(table, at, moved);
                case "StackMapTable" -> new FrameCopy(body, table, moved).copy(at);
                default -> 0;
            };
            if (entries > 0) {
                tables.u2(file.u2(at)).u4(2 + table.length()).u2(entries).copy(table);
                count++;
            }
            at = file.endOfAttribute(at);
        }
        out.u2(count).copy(tables);
    }

    /// The line of the prologue is that of the first instruction.
    private int copyLines(ByteOutput out, int attribute, int moved) {
        int lines = file.u2(attribute + 6);
        for (int at = attribute + 8; at < attribute + 8 + 4 * lines; at += 4) {
            int offset = file.u2(at);
            out.u2(offset <= body.from ? 0 : offset + moved).u2(file.u2(at + 2));
        }
        return lines;
    }
}
