package dev.repoint.internal.targets;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SYNTHETIC;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_void;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.repoint.shape.Shape;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
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

    private static final ClassDesc CD_MethodHandle = ClassDesc.of("java.lang.invoke.MethodHandle");
    private static final String FIELD = "held";

    private Spinner() {}

    /// A class that calls a method by a plain invoke instruction.
    ///
    /// @param self its name; the package is that of the class that it is defined in
    /// @param type the type of the method, with its receiver first if it has one
    /// @param wanted the type of the patchable
    /// @param invoke writes the invoke instruction
    static byte[] direct(ClassDesc self, MethodType type, MethodType wanted, Consumer<CodeBuilder> invoke) {
        return holding(self, List.of(), type, wanted, invoke);
    }

    /// A class that holds objects and passes them to a method before its arguments.
    ///
    /// @param self its name; the package is that of the class that it is defined in
    /// @param held the types of the objects; the first may be the receiver
    /// @param type the type of the method, without the objects
    /// @param wanted the type of the patchable
    /// @param invoke writes the invoke instruction
    static byte[] holding(
            ClassDesc self, List<ClassDesc> held, MethodType type, MethodType wanted, Consumer<CodeBuilder> invoke) {
        return write(self, held, wanted, code -> {
            loadHeld(code, self, held);
            loadCast(code, type);
            invoke.accept(code);
        });
    }

    /// A class that implements an interface by calling a shape.
    ///
    /// @param self its name; the package is that of the class that it is defined in
    /// @param methods the abstract methods of the interface, all of which the shape can stand for
    /// @param called the type of the patchable whose shape it is
    static byte[] implementing(ClassDesc self, ClassDesc implemented, List<Method> methods, MethodType called) {
        ClassDesc shape = ClassDesc.ofInternalName(Shape.nameOf(called.descriptorString(), true));
        List<ClassDesc> held = List.of(shape);
        MethodTypeDesc call = describe(Types.erased(called));
        return ClassFile.of().build(self, spun -> {
            begin(spun, self, implemented, held);
            Set<String> written = new HashSet<>();
            for (Method method : methods) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                if (written.add(type.descriptorString())) {
                    spun.withMethodBody(method.getName(), describe(type), ACC_PUBLIC | ACC_FINAL, code -> {
                        loadHeld(code, self, held);
                        loadCast(code, Types.erased(type));
                        code.invokeinterface(shape, Shape.METHOD, call);
                        cast(code, type.returnType());
                        code.return_(TypeKind.from(type.returnType()));
                    });
                }
            }
        });
    }

    /// A class that holds a method handle of the erased type and invokes it.
    static byte[] handle(ClassDesc self, MethodType wanted) {
        MethodTypeDesc erased = describe(Types.erased(wanted));
        return holding(
                self,
                List.of(CD_MethodHandle),
                Types.erased(wanted),
                wanted,
                code -> code.invokevirtual(CD_MethodHandle, "invokeExact", erased));
    }

    /// A class that returns the value that it holds.
    static byte[] constant(ClassDesc self, MethodType wanted) {
        ClassDesc held = describe(Types.erased(wanted)).returnType();
        List<ClassDesc> all = List.of(held);
        return write(self, all, wanted, code -> loadHeld(code, self, all));
    }

    /// A class that does nothing.
    static byte[] nothing(ClassDesc self, MethodType wanted) {
        return write(self, List.of(), wanted, code -> {});
    }

    /// The nominal form of a type.
    static MethodTypeDesc describe(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.descriptorString());
    }

    private static byte[] write(ClassDesc self, List<ClassDesc> held, MethodType wanted, Consumer<CodeBuilder> body) {
        MethodTypeDesc call = describe(Types.erased(wanted));
        ClassDesc shape = ClassDesc.ofInternalName(Shape.nameOf(wanted.descriptorString(), true));
        return ClassFile.of().build(self, spun -> {
            begin(spun, self, shape, held);
            spun.withMethodBody(Shape.METHOD, call, ACC_PUBLIC | ACC_FINAL, code -> {
                body.accept(code);
                code.return_(TypeKind.from(call.returnType()));
            });
        });
    }

    /// Writes what comes before the methods: the fields, and the constructor that is given their values.
    private static void begin(ClassBuilder spun, ClassDesc self, ClassDesc implemented, List<ClassDesc> held) {
        spun.withFlags(ACC_FINAL | ACC_SYNTHETIC).withInterfaceSymbols(implemented);
        for (int i = 0; i < held.size(); i++) {
            spun.withField(FIELD + i, held.get(i), ACC_PRIVATE | ACC_FINAL);
        }
        spun.withMethodBody(INIT_NAME, MethodTypeDesc.of(CD_void, held), 0, code -> {
            code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
            int slot = 1;
            for (int i = 0; i < held.size(); i++) {
                TypeKind kind = TypeKind.from(held.get(i));
                code.aload(0).loadLocal(kind, slot).putfield(self, FIELD + i, held.get(i));
                slot += kind.slotSize();
            }
            code.return_();
        });
    }

    private static void loadHeld(CodeBuilder code, ClassDesc self, List<ClassDesc> held) {
        for (int i = 0; i < held.size(); i++) {
            code.aload(0).getfield(self, FIELD + i, held.get(i));
        }
    }

    /// Loads the arguments of `call`, each reference cast to the type that the method wants.
    private static void loadCast(CodeBuilder code, MethodType type) {
        int slot = 1;
        for (Class<?> parameter : type.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            cast(code, parameter);
            slot += kind.slotSize();
        }
    }

    private static void cast(CodeBuilder code, Class<?> type) {
        if (!type.isPrimitive() && type != Object.class) {
            code.checkcast(ClassDesc.ofDescriptor(type.descriptorString()));
        }
    }
}
