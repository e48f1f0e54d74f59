package dev.repoint.internal.targets;

import dev.repoint.internal.classfile.ClassWriter;
import dev.repoint.internal.classfile.CodeWriter;
import dev.repoint.internal.classfile.Descriptors;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Writes the classes of target objects: final classes that implement a [Shape], whose `call` is what a
/// prologue calls.
///
/// They are defined as hidden classes. HotSpot trusts the final fields of those, so that an object which is a
/// constant to the compiler has constant fields; and their frames do not show in stack traces.
final class Spinner {

    private static final String FIELD = "held";

    private Spinner() {}

    /// A class that calls a method by a plain invoke instruction.
    ///
    /// @param self its internal name; the package is that of the class that it is defined in
    /// @param type the type of the method, with its receiver first if it has one
    /// @param wanted the type of the patchable
    /// @param invoke writes the invoke instruction
    static byte[] direct(String self, MethodType type, MethodType wanted, Consumer<CodeWriter> invoke) {
        return holding(self, List.of(), type, wanted, invoke);
    }

    /// A class that holds objects and passes them to a method before its arguments.
    ///
    /// @param self its internal name; the package is that of the class that it is defined in
    /// @param held the types of the objects; the first may be the receiver
    /// @param type the type of the method, without the objects
    /// @param wanted the type of the patchable
    /// @param invoke writes the invoke instruction
    static byte[] holding(
            String self, List<Class<?>> held, MethodType type, MethodType wanted, Consumer<CodeWriter> invoke) {
        return write(self, held, wanted, code -> {
            loadHeld(code, self, held);
            loadCast(code, type);
            invoke.accept(code);
        });
    }

    /// A class that implements an interface by calling a shape.
    ///
    /// @param self its internal name; the package is that of the class that it is defined in
    /// @param methods the abstract methods of the interface, all of which the shape can stand for
    /// @param shape that of the patchable
    /// @param called the type of the patchable
    static byte[] implementing(
            String self, Class<?> implemented, List<Method> methods, Class<?> shape, MethodType called) {
        List<Class<?>> held = List.of(shape);
        String call = Types.erased(called).descriptorString();
        ClassWriter spun = begin(self, nameOf(implemented), held);
        Set<String> written = new HashSet<>();
        for (Method method : methods) {
            MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
            if (written.add(type.descriptorString())) {
                spun.method(Modifier.PUBLIC | Modifier.FINAL, method.getName(), type.descriptorString(), code -> {
                    loadHeld(code, self, held);
                    loadCast(code, Types.erased(type));
                    code.invokeInterface(nameOf(shape), Shape.METHOD, call);
                    cast(code, type.returnType());
                    code.giveBack(type.returnType().descriptorString());
                });
            }
        }
        return spun.toByteArray();
    }

    /// A class that holds a method handle of the erased type and invokes it.
    static byte[] handle(String self, MethodType wanted) {
        MethodType erased = Types.erased(wanted);
        return holding(
                self,
                List.of(MethodHandle.class),
                erased,
                wanted,
                code -> code.invokeVirtual(nameOf(MethodHandle.class), "invokeExact", erased.descriptorString()));
    }

    /// A class that returns the value that it holds.
    static byte[] constant(String self, MethodType wanted) {
        List<Class<?>> held = List.of(Types.erased(wanted).returnType());
        return write(self, held, wanted, code -> loadHeld(code, self, held));
    }

    /// A class that does nothing.
    static byte[] nothing(String self, MethodType wanted) {
        return write(self, List.of(), wanted, code -> {});
    }

    /// The name of a class in class files; of an array its descriptor.
    static String nameOf(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static byte[] write(String self, List<Class<?>> held, MethodType wanted, Consumer<CodeWriter> body) {
        MethodType call = Types.erased(wanted);
        ClassWriter spun = begin(self, Shape.nameOf(wanted.descriptorString(), true), held);
        spun.method(Modifier.PUBLIC | Modifier.FINAL, Shape.METHOD, call.descriptorString(), code -> {
            body.accept(code);
            code.giveBack(call.returnType().descriptorString());
        });
        return spun.toByteArray();
    }

    /// Writes what comes before the methods: the fields, and the constructor that is given their values.
    private static ClassWriter begin(String self, String implemented, List<Class<?>> held) {
        ClassWriter spun = new ClassWriter(Modifier.FINAL | ClassWriter.SYNTHETIC, self, implemented);
        for (int i = 0; i < held.size(); i++) {
            spun.field(Modifier.PRIVATE | Modifier.FINAL, FIELD + i, held.get(i).descriptorString());
        }
        spun.constructor(0, MethodType.methodType(void.class, held).descriptorString(), code -> {
            int slot = 1;
            for (int i = 0; i < held.size(); i++) {
                String type = held.get(i).descriptorString();
                code.loadFirst().load(type, slot).putField(self, FIELD + i, type);
                slot += Descriptors.width(type.charAt(0));
            }
            code.giveBack("V");
        });
        return spun;
    }

    private static void loadHeld(CodeWriter code, String self, List<Class<?>> held) {
        for (int i = 0; i < held.size(); i++) {
            code.loadFirst().getField(self, FIELD + i, held.get(i).descriptorString());
        }
    }

    /// Loads the arguments of `call`, each reference cast to the type that the method wants.
    private static void loadCast(CodeWriter code, MethodType type) {
        int slot = 1;
        for (Class<?> parameter : type.parameterList()) {
            String descriptor = parameter.descriptorString();
            code.load(descriptor, slot);
            cast(code, parameter);
            slot += Descriptors.width(descriptor.charAt(0));
        }
    }

    private static void cast(CodeWriter code, Class<?> type) {
        if (!type.isPrimitive() && type != Object.class) {
            code.cast(nameOf(type));
        }
    }
}
