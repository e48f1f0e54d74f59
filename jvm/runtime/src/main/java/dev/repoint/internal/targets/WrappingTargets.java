package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Makes targets that wrap the default: their first parameter receives it.
///
/// The default is bound once. A class is spun that holds it in a final field and passes it on, so that it is a constant
/// to the compiler wherever the target is.
final class WrappingTargets {

    private WrappingTargets() {}

    /// Whether a method wraps: its first parameter carries [dev.repoint.Original]. Its class may find another copy of
    /// the annotation, so that the name counts.
    static boolean wraps(Method method) {
        return method.getParameterCount() > 0
                && Arrays.stream(method.getParameterAnnotations()[0])
                        .anyMatch(each -> each.annotationType().getName().equals("dev.repoint.Original"));
    }

    /// A target for a method handle.
    ///
    /// @param around its first parameter receives the default
    /// @param access a look-up that may name the method
    /// @param name how messages speak of the handle, or null
    /// @throws PatchException if the types do not fit
    static BoundTarget handle(
            Signature wanted, MethodHandle around, MethodHandles.Lookup access, @Nullable String name) {
        MethodHandle fixed = around.asFixedArity();
        String text = name == null ? "a method handle of type " + Types.text(fixed.type()) : name;
        MethodType type = requireFit(wanted, fixed.type(), text);
        Class<?> received = fixed.type().parameterType(0);
        Object original = Originals.of(wanted, received, access);
        MethodHandle bound = MethodHandles.insertArguments(fixed, 0, original);
        MethodHandleInfo info = HandleTargets.reveal(access, fixed);
        if (info == null) {
            return HeldHandle.target(wanted, bound, text);
        }
        HandleTargets.initialize(wanted, info.getDeclaringClass());
        String called = info.getDeclaringClass().getName() + "." + info.getName();
        for (MethodHandles.Lookup host : HiddenClasses.hosts(wanted, access, info.getDeclaringClass())) {
            Access reach = new Access(host);
            if (HandleTargets.isPlain(info) && reach.canInvoke(info, fixed.type())) {
                MethodHandle maker = HiddenClasses.maker(
                        host,
                        "around " + HandleTargets.id(info, fixed.type()) + " " + wanted.shape(),
                        () -> Spinner.holding(
                                reach.hiddenName(),
                                List.of(received),
                                type,
                                wanted.type(),
                                code -> HandleTargets.invoke(code, info)),
                        MethodType.methodType(void.class, received));
                Object shape = HiddenClasses.make(maker, MethodHandles.constant(received, original));
                return new BoundTarget(shape, called, bound.asType(wanted.type()));
            }
        }
        return HeldHandle.target(wanted, bound, called);
    }

    /// A target for an object of a functional interface, such as a lambda.
    ///
    /// @throws PatchException if the interface is not a functional one, or its type does not fit
    static BoundTarget functional(Signature wanted, Class<?> functional, Object object, MethodHandles.Lookup access) {
        Method method = FunctionalInterfaces.method(functional);
        MethodType whole = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        MethodType type = requireFit(wanted, method, whole, functional.getName() + "." + method.getName());
        Class<?> received = whole.parameterType(0);
        Object original = Originals.of(wanted, received, access);
        return FunctionalTargets.calling(
                wanted,
                "around ",
                method,
                type,
                access,
                List.of(
                        new FunctionalTargets.Held(functional, object),
                        new FunctionalTargets.Held(received, original)));
    }

    /// Refuses a method that cannot wrap.
    ///
    /// @param method one that [wraps][#wraps]
    /// @throws PatchException if it is not static, or does not fit
    static void requireFit(Signature wanted, Method method) {
        String name = method.getDeclaringClass().getName() + "." + method.getName();
        if (!Modifier.isStatic(method.getModifiers())) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": its target " + name
                            + " wraps the default, its first parameter carries @Original, and is not static; make it"
                            + " static");
        }
        MethodType unused =
                requireFit(wanted, MethodType.methodType(method.getReturnType(), method.getParameterTypes()), name);
    }

    /// Whether a method that wraps fits, its first parameter left aside.
    static boolean fits(Signature wanted, Method method, boolean exact) {
        if (!Modifier.isStatic(method.getModifiers())) {
            return false;
        }
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .dropParameterTypes(0, 1);
        return exact ? type.equals(wanted.type()) : Types.fits(type, wanted.type());
    }

    /// @return the type without its first parameter
    private static MethodType requireFit(Signature wanted, MethodType whole, String name) {
        MethodType type = rest(wanted, whole, name);
        if (!Types.fits(type, wanted.type())) {
            throw misfit(wanted, whole, name);
        }
        Originals.requireFit(wanted, whole.parameterType(0), name);
        return type;
    }

    private static MethodType requireFit(Signature wanted, Method method, MethodType whole, String name) {
        MethodType type = rest(wanted, whole, name);
        if (!FunctionalInterfaces.fits(method, type, wanted.type())) {
            throw misfit(wanted, whole, name);
        }
        Originals.requireFit(wanted, whole.parameterType(0), name);
        return type;
    }

    private static MethodType rest(Signature wanted, MethodType whole, String name) {
        if (whole.parameterCount() == 0) {
            throw misfit(wanted, whole, name);
        }
        return whole.dropParameterTypes(0, 1);
    }

    private static PatchException misfit(Signature wanted, MethodType whole, String name) {
        return new PatchRefusal(
                wanted.key(),
                " has the type " + Types.text(wanted.type()) + ", the target " + name
                        + " that wraps it has " + Types.text(whole)
                        + "; give one that takes the original first, and then the same"
                        + (wanted.isStatic() ? "" : " (the receiver is its second parameter)"));
    }
}
