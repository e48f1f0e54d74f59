package dev.repoint.weaver.splice;

import java.util.ArrayList;
import java.util.List;

/// The constants, bootstrap methods and methods that are added to a class.
///
/// For one class; not thread-safe.
public final class Additions {

    private static final int PRIVATE_SYNTHETIC = 0x1002;
    private static final int INTERFACE = 0x0200;
    private static final int INVOKEDYNAMIC = 0xBA;
    private static final int STATIC = 0x0008;

    final ClassView view;
    final Constants constants;
    final Bootstraps bootstraps;
    final Shapes shapes;
    final Kinds kinds = new Kinds();
    /// The instructions of prologues.
    final ByteSink tails;
    final ByteSink methods = new ByteSink(64);

    private int methodCount;
    private int codeName;
    private int stackMapName;

    /// @param view the class
    public Additions(ClassView view) {
        this.view = view;
        this.constants = new Constants(view);
        this.bootstraps = new Bootstraps(view);
        this.shapes = new Shapes(constants);
        this.tails = new ByteSink(32 + view.methods().length * 16);
    }

    int methodCount() {
        return methodCount;
    }

    /// The name of the attribute with the code.
    int codeName() {
        if (codeName == 0) {
            codeName = nameOf(AttributeKind.CODE);
        }
        return codeName;
    }

    /// The name of the attribute with stack map frames.
    int stackMapName() {
        if (stackMapName == 0) {
            stackMapName = nameOf(AttributeKind.STACK_MAP);
        }
        return stackMapName;
    }

    private int nameOf(AttributeKind kind) {
        int known = view.nameOf(kind);
        return known != 0 ? known : constants.addAscii(kind.text());
    }

    /// A static method of another class. It is no interface.
    int staticMethod(String owner, String name, String type) {
        return constants.method(
                constants.type(owner), constants.nameAndType(constants.utf8(name), constants.utf8(type)));
    }

    /// The constant of a method of the class itself.
    int ownMethod(String name, String type) {
        int self = constants.type(view.name());
        int nameAndType = constants.nameAndType(constants.utf8(name), constants.utf8(type));
        return (view.flags() & INTERFACE) != 0
                ? constants.interfaceMethod(self, nameAndType)
                : constants.method(self, nameAndType);
    }

    /// Writes an `invokedynamic`.
    void write(ByteSink code, DynamicCall call) {
        code.u1(INVOKEDYNAMIC);
        code.u2(constantOf(call));
        code.u2(0);
    }

    /// The constant of an `invokedynamic`.
    int constantOf(DynamicCall call) {
        int handle = constants.staticHandle(staticMethod(call.owner(), call.bootstrap(), call.bootstrapType()));
        List<Integer> arguments = new ArrayList<>();
        for (String argument : call.arguments()) {
            arguments.add(constants.string(argument));
        }
        return constants.invokeDynamic(
                bootstraps.of(handle, arguments),
                constants.nameAndType(constants.utf8(call.name()), constants.utf8(call.type())));
    }

    /// Adds a private synthetic method.
    ///
    /// @param frames the content of its attribute with stack map frames, from their number on; empty for none
    void method(
            String name, String type, boolean isStatic, int maxStack, int maxLocals, ByteSink code, ByteSink frames) {
        methods.u2(PRIVATE_SYNTHETIC | (isStatic ? STATIC : 0));
        methods.u2(constants.utf8(name));
        methods.u2(constants.utf8(type));
        methods.u2(1);
        methods.u2(codeName());
        int start = methods.length();
        methods.u4(0);
        methods.u2(maxStack);
        methods.u2(maxLocals);
        methods.u4(code.length());
        methods.copy(code);
        methods.u2(0);
        methods.u2(frames.length() == 0 ? 0 : 1);
        if (frames.length() > 0) {
            methods.u2(stackMapName());
            methods.u4(frames.length());
            methods.copy(frames);
        }
        methods.putU4(start, methods.length() - start - 4);
        methodCount++;
    }
}
