package dev.repoint.weaver.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/// Small class files for tests.
final class Generated {

    private static final MethodTypeDesc TO_INT = MethodTypeDesc.of(ConstantDescs.CD_int);

    private Generated() {}

    /// The class file of a class of the test class path.
    static byte[] bytesOf(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = Generated.class.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A class with static methods that return a number.
    static byte[] returning(String name, String superName, int number, String... methods) {
        return type(name, superName, type -> {
            for (String method : methods) {
                type.withMethodBody(
                        method,
                        TO_INT,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.loadConstant(number).ireturn());
            }
        });
    }

    /// A class with one static native method.
    static byte[] ofNative(String name, String method) {
        int flags = ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_NATIVE;
        return type(name, "java.lang.Object", type -> type.withMethod(method, TO_INT, flags, each -> {}));
    }

    /// A class with one static method `run` that calls a static method.
    static byte[] calling(String name, String owner, String method) {
        return type(
                name,
                "java.lang.Object",
                type -> type.withMethodBody(
                        "run",
                        TO_INT,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.lineNumber(5)
                                .invokestatic(ClassDesc.of(owner), method, TO_INT)
                                .ireturn()));
    }

    /// A class with static methods whose constant pool has room for the entries of some of them.
    static byte[] ofFullPool(String name, String... methods) {
        return ClassFile.of().build(ClassDesc.of(name), type -> {
            for (String method : methods) {
                type.withMethodBody(
                        method,
                        TO_INT,
                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                        code -> code.loadConstant(7).ireturn());
            }
            for (int i = 0; type.constantPool().size() < 65_500; i++) {
                type.constantPool().intEntry(1_000_000 + i);
            }
        });
    }

    private static byte[] type(String name, String superName, Consumer<java.lang.classfile.ClassBuilder> content) {
        return ClassFile.of().build(ClassDesc.of(name), type -> {
            type.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SUPER).withSuperclass(ClassDesc.of(superName));
            content.accept(type);
        });
    }
}
