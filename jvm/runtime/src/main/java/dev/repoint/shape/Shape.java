package dev.repoint.shape;

import dev.repoint.internal.classfile.ClassWriter;
import dev.repoint.internal.classfile.Descriptors;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Modifier;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The interface through which a prologue calls a target: one method, `call`, of an erased descriptor.
///
/// Erasure maps `boolean`, `byte`, `char`, `short` and `int` to `int` (they are one type to the verifier, JVMS
/// 4.10.1.2) and every reference to `Object`, so that few shapes serve all methods. A receiver is the first
/// parameter. The shape of `int update(int, byte[])`, static, is `dev/repoint/shape/Shape_IL_I`.
///
/// A shape is defined when its first target is set, in the class loader of the runtime: prologues name it only
/// behind a null check, so that nothing is loaded before.
///
/// Thread-safe.
public final class Shape {

    /// The name of a shape's one method.
    public static final String METHOD = "call";

    /// How many argument slots a patchable may take, its receiver included (`long` and `double` take two). The
    /// JVM allows 255 (JVMS 4.3.3); one is the shape's own receiver.
    public static final int MAX_SLOTS = 254;

    private static final String PREFIX = "dev/repoint/shape/Shape_";
    private static final ConcurrentHashMap<String, Class<?>> DEFINED = new ConcurrentHashMap<>();

    private Shape() {}

    /// The internal name of the shape of a method.
    ///
    /// @param descriptor the method's descriptor, without a receiver
    /// @param isStatic whether the method has no receiver
    /// @return such as `dev/repoint/shape/Shape_LIL_V`
    public static String nameOf(String descriptor, boolean isStatic) {
        StringBuilder name = new StringBuilder(PREFIX);
        if (!isStatic) {
            name.append('L');
        }
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            name.append(erased(descriptor, at));
            at = Descriptors.next(descriptor, at);
        }
        return name.append('_').append(erased(descriptor, at + 1)).toString();
    }

    /// The descriptor of the `call` method of the shape of a method.
    ///
    /// @param descriptor the method's descriptor, without a receiver
    /// @param isStatic whether the method has no receiver
    /// @return such as `(Ljava/lang/Object;ILjava/lang/Object;)V`
    public static String callDescriptor(String descriptor, boolean isStatic) {
        return callDescriptor(nameOf(descriptor, isStatic));
    }

    /// The number of argument slots that a method takes, its receiver included.
    ///
    /// @param descriptor the method's descriptor, without a receiver
    /// @param isStatic whether the method has no receiver
    /// @return 0 to 255 for a valid method; patchable up to [#MAX_SLOTS]
    public static int slots(String descriptor, boolean isStatic) {
        return Descriptors.slots(descriptor) + (isStatic ? 0 : 1);
    }

    /// The shape with that name, defined now if it was not.
    ///
    /// @param internalName a name that [#nameOf] gave
    /// @return the interface
    static Class<?> define(String internalName) {
        return DEFINED.computeIfAbsent(internalName, Shape::load);
    }

    /// Defines a shape and lets a class find it that names it in woven code. A class loader may find it only
    /// when it is asked from outside of its classes, as that of a bundle does. What it has found once the JVM
    /// does not ask for again.
    ///
    /// @param user a class with woven code
    /// @param internalName a name that [#nameOf] gave
    public static Class<?> show(Class<?> user, String internalName) {
        Class<?> shape = define(internalName);
        ClassLoader loader = user.getClassLoader();
        if (isOfProgram(loader)) {
            try {
                Class<?> unused = Class.forName(shape.getName(), false, loader);
            } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
                // A loader of the application may do as it likes; then the class itself will tell.
            }
        }
        return shape;
    }

    /// Whether a class loader may find something else than its parents find.
    public static boolean isOfProgram(@Nullable ClassLoader loader) {
        return loader != null
                && loader != Shape.class.getClassLoader()
                && loader != ClassLoader.getSystemClassLoader()
                && loader != ClassLoader.getPlatformClassLoader();
    }

    private static Class<?> load(String internalName) {
        int flags = Modifier.PUBLIC | Modifier.INTERFACE | Modifier.ABSTRACT | ClassWriter.SYNTHETIC;
        ClassWriter shape = new ClassWriter(flags, internalName);
        shape.method(Modifier.PUBLIC, METHOD, callDescriptor(internalName));
        try {
            return MethodHandles.lookup().defineClass(shape.toByteArray());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("the runtime may not define " + internalName + " in its own package", e);
        }
    }

    /// The descriptor of the `call` method of a shape.
    ///
    /// @param internalName a name that [#nameOf] gave
    /// @return such as `(Ljava/lang/Object;ILjava/lang/Object;)V`
    public static String callDescriptor(String internalName) {
        StringBuilder descriptor = new StringBuilder("(");
        for (int i = PREFIX.length(); i < internalName.length(); i++) {
            char letter = internalName.charAt(i);
            switch (letter) {
                case 'L' -> descriptor.append("Ljava/lang/Object;");
                case '_' -> descriptor.append(')');
                default -> descriptor.append(letter);
            }
        }
        return descriptor.toString();
    }

    private static char erased(String descriptor, int at) {
        return switch (descriptor.charAt(at)) {
            case 'Z', 'B', 'C', 'S', 'I' -> 'I';
            case 'J' -> 'J';
            case 'F' -> 'F';
            case 'D' -> 'D';
            case 'V' -> 'V';
            default -> 'L';
        };
    }
}
