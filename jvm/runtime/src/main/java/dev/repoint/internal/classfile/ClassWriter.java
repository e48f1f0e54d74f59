package dev.repoint.internal.classfile;

import java.lang.reflect.Modifier;
import java.util.function.Consumer;

/// Writes a class file (JVMS 4.1) of a class that extends `Object`.
///
/// Types are internal names and descriptors (JVMS 4.2.1, 4.3). Nothing is checked: the verifier of the JVM does this.
///
/// Not thread-safe.
public final class ClassWriter {

    /// The name of constructors.
    public static final String CONSTRUCTOR = "<init>";

    /// Marks what stands in no source. A name for what [Modifier] has no name for.
    public static final int SYNTHETIC = 0x1000;

    /// That of Java 17: the oldest Java on which the runtime runs.
    static final int VERSION = 61;

    private static final String OBJECT = "java/lang/Object";

    private final ConstantPool constants = new ConstantPool();
    private final ByteOutput header = new ByteOutput();
    private final ByteOutput fields = new ByteOutput();
    private final ByteOutput methods = new ByteOutput();
    private int fieldCount;
    private int methodCount;

    /// @param flags as in [Modifier]
    /// @param name its internal name
    /// @param interfaces the internal names of what it implements
    public ClassWriter(int flags, String name, String... interfaces) {
        header.u2(flags).u2(constants.type(name)).u2(constants.type(OBJECT)).u2(interfaces.length);
        for (String each : interfaces) {
            header.u2(constants.type(each));
        }
    }

    /// Adds a field.
    public void field(int flags, String name, String type) {
        fieldCount++;
        fields.u2(flags).u2(constants.utf8(name)).u2(constants.utf8(type)).u2(0);
    }

    /// Adds an abstract method.
    public void method(int flags, String name, String descriptor) {
        methodCount++;
        methods.u2(flags | Modifier.ABSTRACT)
                .u2(constants.utf8(name))
                .u2(constants.utf8(descriptor))
                .u2(0);
    }

    /// Adds a method.
    ///
    /// @param body writes its instructions
    public void method(int flags, String name, String descriptor, Consumer<CodeWriter> body) {
        methodCount++;
        methods.u2(flags)
                .u2(constants.utf8(name))
                .u2(constants.utf8(descriptor))
                .u2(1);
        CodeWriter code = new CodeWriter(constants);
        body.accept(code);
        int receiver = Modifier.isStatic(flags) ? 0 : 1;
        code.write(methods, receiver + Descriptors.slots(descriptor));
    }

    /// Adds a constructor that calls the one of `Object` first.
    ///
    /// @param rest writes the instructions behind that call
    public void constructor(int flags, String descriptor, Consumer<CodeWriter> rest) {
        method(flags, CONSTRUCTOR, descriptor, code -> {
            code.loadFirst().invokeConstructor(OBJECT, "()V");
            rest.accept(code);
        });
    }

    /// The class file.
    public byte[] toByteArray() {
        ByteOutput out = new ByteOutput().u4(0xcafebabe).u2(0).u2(VERSION);
        constants.write(out);
        out.copy(header).u2(fieldCount).copy(fields).u2(methodCount).copy(methods);
        return out.u2(0).toByteArray(); // no attributes
    }
}
