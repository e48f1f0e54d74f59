package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
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
        MethodHandle bound = unreflect(wanted, functional, method, access).bindTo(object);
        String text = "an instance of " + functional.getName();
        MethodHandle adapted = bound.asType(wanted.type());
        for (MethodHandles.Lookup host : HiddenClasses.hosts(wanted, access, functional)) {
            Access reach = new Access(host);
            if (reach.canName(functional) && reach.canNameAll(type)) {
                MethodHandle maker = maker(wanted, functional, method, type, host, reach);
                return new BoundTarget(
                        HiddenClasses.make(maker, MethodHandles.constant(functional, object)), text, adapted);
            }
        }
        return HeldHandle.target(wanted, adapted, text);
    }

    /// The method of an interface. Who holds an object of it may call it, so that it need not be the look-up
    /// that can.
    static MethodHandle unreflect(Signature wanted, Class<?> functional, Method method, MethodHandles.Lookup access) {
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
            Signature wanted,
            Class<?> functional,
            Method method,
            MethodType type,
            MethodHandles.Lookup host,
            Access reach) {
        ClassDesc self = ClassDesc.ofDescriptor(functional.descriptorString());
        MethodTypeDesc descriptor = Spinner.describe(type);
        return HiddenClasses.maker(
                host,
                "functional " + functional.getName() + " " + wanted.shape(),
                () -> Spinner.holding(
                        reach.hiddenName(),
                        List.of(self),
                        type,
                        wanted.type(),
                        code -> code.invokeinterface(self, method.getName(), descriptor)),
                MethodType.methodType(void.class, functional));
    }
}
