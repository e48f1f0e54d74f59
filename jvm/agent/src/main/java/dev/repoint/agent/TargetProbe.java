package dev.repoint.agent;

import dev.repoint.Key;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.Repoint;
import dev.repoint.TargetSpec;
import dev.repoint.link.Weaving;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// Tries a target on a method that nobody calls, of the same type as the one that it is for. So what cannot be set is
/// found out, in the runtime's own words, before anything is woven or changed; and what can be set has its class
/// initialised and its call spun by then.
///
/// The method stands in a class of a loader of its own, which is garbage afterwards.
final class TargetProbe {

    /// The name of the class, which reports leave out.
    static final String OWNER = "repoint.Probe";

    private TargetProbe() {}

    /// Tries a target.
    ///
    /// @param key the method that it is for
    /// @param owner its class
    /// @param target the target
    /// @param loader where it is looked for
    /// @throws PatchException if it cannot be set
    static void check(Key key, Class<?> owner, TargetSpec target, @Nullable ClassLoader loader) {
        MethodType type = typeOf(key, owner);
        Class<?> probe = new ProbeLoader(owner.getClassLoader()).define(key.name(), type);
        Weaving.declareEntry(probe, key.name(), type.descriptorString());
        PatchableMethod patchable = Repoint.find(MethodHandles.lookup(), probe, key.name(), type);
        try {
            patchable.set(target, loader);
        } catch (PatchException e) {
            String message = String.valueOf(e.getMessage());
            throw new PatchException(message.replace(patchable.key().text(), key.text()), e);
        } finally {
            patchable.reset();
        }
    }

    /// The type of a method, with its receiver first.
    private static MethodType typeOf(Key key, Class<?> owner) {
        for (Method method : owner.getDeclaredMethods()) {
            if (method.getName().equals(key.name()) && Key.of(method).equals(key)) {
                MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
                return Modifier.isStatic(method.getModifiers()) ? type : type.insertParameterTypes(0, owner);
            }
        }
        throw new PatchException("there is no method " + key);
    }

    private static final class ProbeLoader extends ClassLoader {

        ProbeLoader(@Nullable ClassLoader parent) {
            super("probe", parent);
        }

        Class<?> define(String method, MethodType type) {
            byte[] bytes = ClassFile.of()
                    .build(ClassDesc.of(OWNER), probe -> probe.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_SYNTHETIC)
                            .withMethod(
                                    method,
                                    MethodTypeDesc.ofDescriptor(type.descriptorString()),
                                    ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC | ClassFile.ACC_NATIVE,
                                    body -> {}));
            return defineClass(OWNER, bytes, 0, bytes.length);
        }
    }
}
