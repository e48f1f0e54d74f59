package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// The default as the first argument of a target that wraps it: as a method handle, or as an object of a functional
/// interface.
///
/// The object is of a spun class that implements the interface, and holds the same object that a point would lead to:
/// one that calls the default by a plain instruction. So nothing but plain calls lies between the target and the
/// default, and what the default throws passes through, checked or not.
final class Originals {

    private Originals() {}

    /// The default.
    ///
    /// @param received the type of the parameter that receives it, which [fits][#requireFit]
    /// @param access the look-up of the target
    /// @throws PatchException if the default cannot be called
    static Object of(Signature wanted, Class<?> received, MethodHandles.Lookup access) {
        MethodHandles.Lookup within = Defaults.within(wanted.point(), access);
        if (received == MethodHandle.class) {
            return Defaults.of(wanted, wanted.point().hasEntry(), within).handle();
        }
        List<Method> methods = FunctionalInterfaces.methods(received);
        BoundTarget target = HandleTargets.ofDefault(wanted, wanted.point(), within, "the default of " + wanted.key());
        for (MethodHandles.Lookup host : hosts(wanted, access, received)) {
            if (canImplement(new Access(host), received, methods)) {
                return implement(wanted, received, methods, target, host);
            }
        }
        return proxy(wanted, received, Objects.requireNonNull(target.handle()));
    }

    /// Refuses a parameter that cannot receive the default.
    ///
    /// @param target how messages speak of the target
    /// @throws PatchException if it is neither a method handle nor a functional interface, or does not fit
    static void requireFit(Signature wanted, Class<?> received, String target) {
        if (received == MethodHandle.class) {
            return;
        }
        Method method;
        try {
            method = FunctionalInterfaces.method(received);
        } catch (PatchException e) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": the first parameter of its target " + target + " receives the original, but has"
                            + " the type " + received.getTypeName()
                            + "; make it a MethodHandle or a functional interface",
                    e);
        }
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        if (!FunctionalInterfaces.canCall(method, wanted.type())) {
            throw new PatchRefusal(
                    wanted.key(),
                    " has the type " + Types.text(wanted.type()) + ", "
                            + received.getName() + "." + method.getName() + ", by which the target " + target
                            + " calls the original, has " + Types.text(type)
                            + "; use a functional interface of the same type"
                            + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
        }
    }

    private static List<MethodHandles.Lookup> hosts(Signature wanted, MethodHandles.Lookup access, Class<?> received) {
        List<MethodHandles.Lookup> hosts = new ArrayList<>(HiddenClasses.hosts(wanted, access, received));
        hosts.add(HiddenClasses.SELF); // an interface of the JDK, say
        return hosts;
    }

    private static boolean canImplement(Access reach, Class<?> received, List<Method> methods) {
        return reach.canName(received)
                && methods.stream()
                        .allMatch(each -> reach.canNameAll(
                                MethodType.methodType(each.getReturnType(), each.getParameterTypes())));
    }

    private static Object implement(
            Signature wanted, Class<?> received, List<Method> methods, BoundTarget target, MethodHandles.Lookup host) {
        Class<?> shape = Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodHandle maker = HiddenClasses.maker(
                host,
                "original " + received.getName() + " " + wanted.shape(),
                () -> Spinner.implementing(new Access(host).hiddenName(), received, methods, shape, wanted.type()),
                MethodType.methodType(void.class, shape));
        return HiddenClasses.make(maker, MethodHandles.constant(shape, Objects.requireNonNull(target.shape())));
    }

    /// Where no class of ours may name the interface.
    private static Object proxy(Signature wanted, Class<?> received, MethodHandle handle) {
        try {
            return MethodHandleProxies.asInterfaceInstance(received, handle);
        } catch (IllegalArgumentException e) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": no object of " + received.getName() + " can be made for its original: " + e.getMessage()
                            + "; make the interface public, or take a MethodHandle",
                    e);
        }
    }
}
