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
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
        return write(self, null, wanted, code -> {
            loadCast(code, type);
            invoke.accept(code);
        });
    }

    /// A class that holds an object and calls a method of it.
    ///
    /// @param self its name; the package is that of the class that it is defined in
    /// @param held the type of the object
    /// @param type the type of the method, without the object
    /// @param wanted the type of the patchable
    /// @param invoke writes the invoke instruction
    static byte[] holding(
            ClassDesc self, ClassDesc held, MethodType type, MethodType wanted, Consumer<CodeBuilder> invoke) {
        return write(self, held, wanted, code -> {
            code.aload(0).getfield(self, FIELD, held);
            loadCast(code, type);
            invoke.accept(code);
        });
    }

    /// A class that holds a method handle of the erased type and invokes it.
    static byte[] handle(ClassDesc self, MethodType wanted) {
        MethodTypeDesc erased = describe(Types.erased(wanted));
        return holding(
                self,
                CD_MethodHandle,
                Types.erased(wanted),
                wanted,
                code -> code.invokevirtual(CD_MethodHandle, "invokeExact", erased));
    }

    /// A class that returns the value that it holds.
    static byte[] constant(ClassDesc self, MethodType wanted) {
        ClassDesc held = describe(Types.erased(wanted)).returnType();
        return write(self, held, wanted, code -> code.aload(0).getfield(self, FIELD, held));
    }

    /// A class that does nothing.
    static byte[] nothing(ClassDesc self, MethodType wanted) {
        return write(self, null, wanted, code -> {});
    }

    /// The nominal form of a type.
    static MethodTypeDesc describe(MethodType type) {
        return MethodTypeDesc.ofDescriptor(type.descriptorString());
    }

    private static byte[] write(
            ClassDesc self, @Nullable ClassDesc held, MethodType wanted, Consumer<CodeBuilder> body) {
        MethodTypeDesc call = describe(Types.erased(wanted));
        String shape = Shape.nameOf(wanted.descriptorString(), true);
        MethodTypeDesc init = held == null ? MTD_void : MethodTypeDesc.of(CD_void, held);
        return ClassFile.of().build(self, spun -> {
            spun.withFlags(ACC_FINAL | ACC_SYNTHETIC).withInterfaceSymbols(ClassDesc.ofInternalName(shape));
            if (held != null) {
                spun.withField(FIELD, held, ACC_PRIVATE | ACC_FINAL);
            }
            spun.withMethodBody(INIT_NAME, init, 0, code -> {
                code.aload(0).invokespecial(CD_Object, INIT_NAME, MTD_void);
                if (held != null) {
                    code.aload(0).loadLocal(TypeKind.from(held), 1).putfield(self, FIELD, held);
                }
                code.return_();
            });
            spun.withMethodBody(Shape.METHOD, call, ACC_PUBLIC | ACC_FINAL, code -> {
                body.accept(code);
                code.return_(TypeKind.from(call.returnType()));
            });
        });
    }

    /// Loads the arguments of `call`, each reference cast to the type that the method wants.
    private static void loadCast(CodeBuilder code, MethodType type) {
        int slot = 1;
        for (Class<?> parameter : type.parameterList()) {
            TypeKind kind = TypeKind.from(parameter);
            code.loadLocal(kind, slot);
            if (!parameter.isPrimitive() && parameter != Object.class) {
                code.checkcast(ClassDesc.ofDescriptor(parameter.descriptorString()));
            }
            slot += kind.slotSize();
        }
    }
}
