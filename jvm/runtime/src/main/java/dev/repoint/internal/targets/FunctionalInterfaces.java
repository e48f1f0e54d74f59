package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;

/// The one abstract method of a functional interface (JLS 9.8).
final class FunctionalInterfaces {

    private FunctionalInterfaces() {}

    /// The method that an object of the interface implements.
    ///
    /// @throws PatchException if there is not exactly one
    static Method method(Class<?> functional) {
        if (!functional.isInterface()) {
            throw new PatchRefusal(functional.getName() + " is not an interface; give a functional interface");
        }
        List<Method> candidates = methods(functional);
        List<String> names = candidates.stream().map(Method::getName).distinct().toList();
        long ofOneInterface =
                candidates.stream().map(Method::getDeclaringClass).distinct().count();
        if (names.size() != 1
                || candidates.stream().filter(method -> !method.isBridge()).count() != ofOneInterface
                || candidates.stream()
                                .mapToInt(Method::getParameterCount)
                                .distinct()
                                .count()
                        != 1) {
            throw new PatchRefusal(functional.getName() + " is not a functional interface: it has "
                    + (names.isEmpty() ? "no abstract method" : "the abstract methods " + String.join(", ", names)));
        }
        // An interface that narrows an inherited method still lists the wider one: its own comes from itself.
        return candidates.stream()
                .filter(method -> method.getDeclaringClass() == functional)
                .findFirst()
                .orElse(candidates.get(0));
    }

    /// The abstract methods of an interface: more than one where it narrows an inherited one.
    static List<Method> methods(Class<?> functional) {
        return Arrays.stream(functional.getMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()) && !isOfObject(method))
                .toList();
    }

    /// Whether the method can call one of a type. A parameter whose type is a type variable is cast when it is passed
    /// on.
    static boolean canCall(Method method, MethodType called) {
        Class<?>[] parameters = method.getParameterTypes();
        boolean fits =
                parameters.length == called.parameterCount() && Types.fits(called.returnType(), method.getReturnType());
        for (int i = 0; fits && i < parameters.length; i++) {
            boolean generic = !(method.getGenericParameterTypes()[i] instanceof Class<?>);
            fits = Types.fits(parameters[i], called.parameterType(i))
                    || generic
                            && !parameters[i].isPrimitive()
                            && !called.parameterType(i).isPrimitive();
        }
        return fits;
    }

    /// Whether the method can stand for a type. A result whose type is a type variable is cast when it is
    /// returned, as the compiler does it.
    static boolean fits(Method method, MethodType type, MethodType wanted) {
        if (Types.fits(type, wanted)) {
            return true;
        }
        boolean generic = !(method.getGenericReturnType() instanceof Class<?>);
        return generic && !wanted.returnType().isPrimitive() && Types.fitsParameters(type, wanted);
    }

    private static boolean isOfObject(Method method) {
        try {
            return Modifier.isPublic(Object.class
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getModifiers());
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
