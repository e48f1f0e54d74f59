package dev.repoint.internal.targets;

import dev.repoint.Key;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.Points;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/// A patchable's key with its type, resolved.
///
/// @param key its identity
/// @param method the method
/// @param type its type, the receiver first unless it is static
/// @param shape internal name of its [Shape]
public record Signature(Key key, Method method, MethodType type, String shape) {

    boolean isStatic() {
        return Modifier.isStatic(method.getModifiers());
    }

    /// Where the target is kept.
    Point point() {
        return Points.of(method.getDeclaringClass(), key.name(), key.descriptor());
    }

    public static Signature of(Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        Key key = Key.of(method);
        String shape = Shape.nameOf(key.descriptor(), isStatic);
        return new Signature(
                key, method, isStatic ? type : type.insertParameterTypes(0, method.getDeclaringClass()), shape);
    }

    /// The signature of a point's method.
    ///
    /// @throws PatchException if the class does not declare it, or a class that it names is missing
    public static Signature of(Point point) {
        return of(point.owner(), point.key());
    }

    /// The signature of a method.
    ///
    /// @throws PatchException if the class does not declare it, or a class that it names is missing
    static Signature of(Class<?> owner, Key key) {
        try {
            for (Method method : owner.getDeclaredMethods()) {
                if (method.getName().equals(key.name()) && Key.of(method).equals(key)) {
                    return of(method);
                }
            }
        } catch (LinkageError e) {
            throw new PatchRefusal(key, ": its class cannot be read: " + e, e);
        }
        throw new PatchRefusal(key, ": the class declares no such method");
    }
}
