package dev.repoint.internal.classfile;

/// The instructions of a method (JVMS 6.5). It counts the stack that they need.
public final class CodeWriter {

    private static final int ILOAD = 0x15; // then lload, fload, dload, aload
    private static final int ILOAD_0 = 0x1a; // then iload_1 to iload_3, lload_0 and so on
    private static final int IRETURN = 0xac; // then lreturn, freturn, dreturn, areturn
    private static final int RETURN = 0xb1;
    private static final int GETFIELD = 0xb4;
    private static final int PUTFIELD = 0xb5;
    private static final int INVOKEVIRTUAL = 0xb6;
    private static final int INVOKESPECIAL = 0xb7;
    private static final int INVOKESTATIC = 0xb8;
    private static final int INVOKEINTERFACE = 0xb9;
    private static final int INVOKEDYNAMIC = 0xba;
    private static final int CHECKCAST = 0xc0;

    private final ConstantPool constants;
    private final ByteOutput code = new ByteOutput();
    private int stack;
    private int deepest;

    CodeWriter(ConstantPool constants) {
        this.constants = constants;
    }

    /// Loads a local variable.
    ///
    /// @param type the descriptor of its type
    /// @param slot 0 to 255
    public CodeWriter load(String type, int slot) {
        if (slot < 4) {
            code.u1(ILOAD_0 + 4 * kind(type) + slot);
        } else {
            code.u1(ILOAD + kind(type)).u1(slot);
        }
        return change(0, Descriptors.width(type.charAt(0)));
    }

    /// Loads `this`, or the first argument of a static method.
    public CodeWriter loadFirst() {
        return load("Ljava/lang/Object;", 0);
    }

    /// Loads the arguments of a static method.
    public CodeWriter loadAll(String descriptor) {
        int slot = 0;
        for (int at = 1; descriptor.charAt(at) != ')'; at = Descriptors.next(descriptor, at)) {
            load(descriptor.substring(at, at + 1), slot);
            slot += Descriptors.width(descriptor.charAt(at));
        }
        return this;
    }

    /// Reads a field of an object.
    public CodeWriter getField(String owner, String name, String type) {
        code.u1(GETFIELD).u2(constants.member(ConstantPool.FIELD, owner, name, type));
        return change(1, Descriptors.width(type.charAt(0)));
    }

    /// Sets a field of an object.
    public CodeWriter putField(String owner, String name, String type) {
        code.u1(PUTFIELD).u2(constants.member(ConstantPool.FIELD, owner, name, type));
        return change(1 + Descriptors.width(type.charAt(0)), 0);
    }

    /// Calls an instance method of a class.
    public CodeWriter invokeVirtual(String owner, String name, String descriptor) {
        return invoke(INVOKEVIRTUAL, ConstantPool.METHOD, owner, name, descriptor);
    }

    /// Calls a constructor.
    public CodeWriter invokeConstructor(String owner, String descriptor) {
        return invoke(INVOKESPECIAL, ConstantPool.METHOD, owner, ClassWriter.CONSTRUCTOR, descriptor);
    }

    /// Calls a static method.
    ///
    /// @param inInterface whether its owner is an interface
    public CodeWriter invokeStatic(String owner, String name, String descriptor, boolean inInterface) {
        int tag = inInterface ? ConstantPool.INTERFACE_METHOD : ConstantPool.METHOD;
        return invoke(INVOKESTATIC, tag, owner, name, descriptor);
    }

    /// Calls an instance method of an interface.
    public CodeWriter invokeInterface(String owner, String name, String descriptor) {
        invoke(INVOKEINTERFACE, ConstantPool.INTERFACE_METHOD, owner, name, descriptor);
        code.u1(Descriptors.slots(descriptor) + 1).u1(0);
        return this;
    }

    /// Casts a reference.
    ///
    /// @param name the internal name of the class, or the descriptor of an array
    public CodeWriter cast(String name) {
        code.u1(CHECKCAST).u2(constants.type(name));
        return change(1, 1);
    }

    /// Calls what a bootstrap method links.
    ///
    /// @param bootstrap its number
    CodeWriter invokeDynamic(int bootstrap, String name, String descriptor) {
        code.u1(INVOKEDYNAMIC)
                .u2(constants.dynamic(bootstrap, name, descriptor))
                .u2(0);
        String result = Descriptors.result(descriptor);
        return change(Descriptors.slots(descriptor), Descriptors.width(result.charAt(0)));
    }

    /// Returns from the method.
    ///
    /// @param type the descriptor of its result
    public CodeWriter giveBack(String type) {
        code.u1(type.equals("V") ? RETURN : IRETURN + kind(type));
        return change(Descriptors.width(type.charAt(0)), 0);
    }

    /// The instructions.
    ByteOutput code() {
        return code;
    }

    /// Writes the `Code` attribute (JVMS 4.7.3).
    ///
    /// @param locals the number of slots of local variables
    void write(ByteOutput out, int locals) {
        out.u2(constants.utf8("Code")).u4(12 + code.length());
        out.u2(deepest).u2(locals).u4(code.length()).copy(code);
        out.u2(0).u2(0); // neither handlers nor attributes
    }

    private CodeWriter invoke(int instruction, int tag, String owner, String name, String descriptor) {
        code.u1(instruction).u2(constants.member(tag, owner, name, descriptor));
        int receiver = instruction == INVOKESTATIC ? 0 : 1;
        String result = Descriptors.result(descriptor);
        return change(receiver + Descriptors.slots(descriptor), Descriptors.width(result.charAt(0)));
    }

    private CodeWriter change(int popped, int pushed) {
        stack += pushed - popped;
        deepest = Math.max(deepest, stack);
        return this;
    }

    /// The distance of the instruction for a type from that for `int`.
    private static int kind(String type) {
        return switch (type.charAt(0)) {
            case 'J' -> 1;
            case 'F' -> 2;
            case 'D' -> 3;
            case 'L', '[' -> 4;
            default -> 0;
        };
    }
}
