package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/// Makes targets of objects of a functional interface: of each a class that holds it.
final class FunctionalTargets {

    private FunctionalTargets() {}

    /// A target for an object of a functional interface, such as a lambda.
    ///
    /// @throws PatchException if the interface is not a functional one or its type does not fit
    static BoundTarget of(Signature wanted, Class<?> functional, Object object, MethodHandles.Lookup access) {
        Method method = FunctionalInterfaces.method(functional);
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        if (!FunctionalInterfaces.fits(method, type, wanted.type())) {
            throw new PatchRefusal(
                    wanted.key(),
                    " has the type " + Types.text(wanted.type()) + ", "
                            + functional.getName() + "." + method.getName() + " has " + Types.text(type)
                            + "; use a functional interface of the same type"
                            + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
        }
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        return calling(wanted, "functional ", method, type, access, List.of(new Held(functional, object)));
    }

    /// An object that a target holds, and the type by which it is passed.
    record Held(Class<?> type, Object value) {}

    /// A target that calls the method of a functional interface.
    ///
    /// @param id tells the classes of this kind from others
    /// @param type of the method, without the arguments that are held
    /// @param held the object, and the first arguments of its method
    static BoundTarget calling(
            Signature wanted, String id, Method method, MethodType type, MethodHandles.Lookup access, List<Held> held) {
        Class<?> functional = held.get(0).type();
        Object[] values = new Object[held.size()];
        MethodHandle[] given = new MethodHandle[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = held.get(i).value();
            given[i] = MethodHandles.constant(held.get(i).type(), values[i]);
        }
        MethodHandle bound = MethodHandles.insertArguments(unreflect(wanted, functional, method, access), 0, values)
                .asType(wanted.type());
        String text = "an instance of " + functional.getName();
        MethodType whole = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        for (MethodHandles.Lookup host : HiddenClasses.hosts(wanted, access, functional)) {
            Access reach = new Access(host);
            if (reach.canName(functional) && reach.canNameAll(whole)) {
                MethodHandle maker = maker(wanted, id, method, type, host, held);
                return new BoundTarget(HiddenClasses.make(maker, given), text, bound);
            }
        }
        return HeldHandle.target(wanted, bound, text);
    }

    /// The method of an interface. Who holds an object of it may call it, so that it need not be the look-up
    /// that can.
    private static MethodHandle unreflect(
            Signature wanted, Class<?> functional, Method method, MethodHandles.Lookup access) {
        try {
            return access.unreflect(method);
        } catch (IllegalAccessException denied) {
            try {
                return Access.into(functional).unreflect(method);
            } catch (IllegalAccessException e) {
                throw new PatchRefusal(
                        wanted.key(),
                        ": " + functional.getName() + " is not accessible to "
                                + access.lookupClass().getName() + "; make it public, or open its package",
                        denied);
            }
        }
    }

    private static MethodHandle maker(
            Signature wanted, String id, Method method, MethodType type, MethodHandles.Lookup host, List<Held> held) {
        Class<?> functional = held.get(0).type();
        List<Class<?>> types = new ArrayList<>();
        for (Held each : held) {
            types.add(each.type());
        }
        String descriptor = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .descriptorString();
        return HiddenClasses.maker(
                host,
                id + functional.getName() + " " + wanted.shape(),
                () -> Spinner.holding(
                        new Access(host).hiddenName(),
                        types,
                        type,
                        wanted.type(),
                        code -> code.invokeInterface(Spinner.nameOf(functional), method.getName(), descriptor)),
                MethodType.methodType(void.class, types));
    }
}
