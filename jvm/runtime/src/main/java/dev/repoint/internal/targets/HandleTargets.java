package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.classfile.CodeWriter;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Point;
import dev.repoint.internal.point.PointCallee;
import dev.repoint.internal.point.Points;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/// Makes targets of method handles: for a method a class that calls it by a plain invoke, where access allows it;
/// for any other handle one that holds it.
///
/// A plain invoke matters: HotSpot inlines it like handwritten code, at any depth of nesting, whereas method
/// handles that call method handles count as recursion and stop being inlined at the third.
final class HandleTargets {

    private HandleTargets() {}

    /// A target for a method handle.
    ///
    /// @param access a look-up that may name the method; the class that calls it is hidden beside its class
    /// @throws PatchException if the types do not fit
    static BoundTarget of(Signature wanted, MethodHandle target, MethodHandles.Lookup access, @Nullable String name) {
        MethodHandle fixed = target.asFixedArity();
        MethodType type = fixed.type();
        if (!Types.fits(type, wanted.type())) {
            throw new PatchRefusal(
                    wanted.key(),
                    " has the type " + Types.text(wanted.type())
                            + ", the target " + (name == null ? "" : name + " ") + "has " + Types.text(type)
                            + "; give a target of the same type"
                            + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
        }
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodHandleInfo info = reveal(access, fixed);
        if (info == null) {
            return HeldHandle.target(
                    wanted, fixed, name == null ? "a method handle of type " + Types.text(type) : name);
        }
        MethodHandle above = SuperCall.of(wanted, info, access);
        if (above != null) {
            BoundTarget held =
                    HeldHandle.target(wanted, above, info.getDeclaringClass().getName() + "." + info.getName());
            return new BoundTarget(held.shape(), held.name(), held.handle(), callee(wanted, info, access));
        }
        String text = info.getDeclaringClass().getName() + "." + info.getName();
        if (isPatchable(wanted, info)) {
            throw new PatchRefusal(
                    wanted.key(),
                    " would lead to itself, and every call to a stack overflow;"
                            + " reset it for the default, or let the target call the default handle");
        }
        initialize(wanted, info.getDeclaringClass());
        Called callee = callee(wanted, info, access);
        Object shape = direct(wanted, info, type, access);
        BoundTarget made = shape == null
                ? HeldHandle.target(wanted, fixed, text)
                : new BoundTarget(shape, text, fixed.asType(wanted.type()));
        return new BoundTarget(made.shape(), text, made.handle(), callee);
    }

    /// A target that calls the default of a method.
    ///
    /// @param point that of the method
    /// @param access a look-up that may call it
    /// @param name how messages speak of it
    /// @throws PatchException if it cannot be called
    static BoundTarget ofDefault(Signature wanted, Point point, MethodHandles.Lookup access, String name) {
        Signature called = Signature.of(point);
        CopiedDefault body = Defaults.of(called, point.hasEntry(), access);
        MethodHandle handle = body.handle();
        boolean fits = called.shape().equals(wanted.shape()) && Types.fits(handle.type(), wanted.type());
        return body.shape() != null && fits
                ? new BoundTarget(body.shape(), name, handle.asType(wanted.type()))
                : of(wanted, handle, access, name);
    }

    /// The object that calls a method by a plain invoke, or null where a hidden class beside the look-up's
    /// could not.
    private static @Nullable Object direct(
            Signature wanted, MethodHandleInfo info, MethodType type, MethodHandles.Lookup access) {
        for (MethodHandles.Lookup host : HiddenClasses.hosts(wanted, access, info.getDeclaringClass())) {
            if (isPlain(info) && new Access(host).canInvoke(info, type)) {
                return direct(wanted, info, type, host, new Access(host));
            }
        }
        return null;
    }

    private static Object direct(
            Signature wanted, MethodHandleInfo info, MethodType type, MethodHandles.Lookup host, Access reach) {
        return HiddenClasses.instance(
                host,
                id(info, type) + " " + wanted.shape(),
                () -> Spinner.direct(reach.hiddenName(), type, wanted.type(), code -> invoke(code, info)),
                MethodType.methodType(void.class));
    }

    /// Whether a plain instruction can call a method at all. A super call cannot: only a subclass may make it.
    static boolean isPlain(MethodHandleInfo info) {
        return info.getReferenceKind() != MethodHandleInfo.REF_invokeSpecial || Modifier.isPrivate(info.getModifiers());
    }

    /// Writes the instruction that calls a method.
    static void invoke(CodeWriter code, MethodHandleInfo info) {
        String owner = Spinner.nameOf(info.getDeclaringClass());
        String descriptor = info.getMethodType().descriptorString();
        boolean inInterface = info.getDeclaringClass().isInterface();
        if (info.getReferenceKind() == MethodHandleInfo.REF_invokeStatic) {
            code.invokeStatic(owner, info.getName(), descriptor, inInterface);
        } else if (inInterface) {
            code.invokeInterface(owner, info.getName(), descriptor);
        } else {
            code.invokeVirtual(owner, info.getName(), descriptor);
        }
    }

    /// Tells a call of a method from others.
    ///
    /// @param type has the class that the receiver is cast to, which need not be the declaring one
    static String id(MethodHandleInfo info, MethodType type) {
        return info.getReferenceKind() + " " + info.getDeclaringClass().descriptorString() + info.getName()
                + type.descriptorString();
    }

    /// The method that a handle calls directly, or null.
    static @Nullable MethodHandleInfo reveal(MethodHandles.Lookup access, MethodHandle target) {
        try {
            MethodHandleInfo info = access.revealDirect(target);
            return switch (info.getReferenceKind()) {
                case MethodHandleInfo.REF_invokeStatic,
                        MethodHandleInfo.REF_invokeVirtual,
                        MethodHandleInfo.REF_invokeInterface,
                        MethodHandleInfo.REF_invokeSpecial -> info;
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null; // not a direct handle
        }
    }

    /// Whether a method is the very one whose entry leads to its target.
    private static boolean isPatchable(Signature wanted, MethodHandleInfo info) {
        return info.getDeclaringClass() == wanted.method().getDeclaringClass()
                && info.getName().equals(wanted.key().name())
                && info.getMethodType().descriptorString().equals(wanted.key().descriptor())
                && wanted.point().hasEntry();
    }

    /// Runs the target's class initialiser now, so that a call never fails for it.
    static void initialize(Signature wanted, Class<?> target) {
        if (target.isHidden()) {
            return;
        }
        try {
            Class.forName(target.getName(), true, target.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new PatchRefusal(
                    wanted.key(),
                    ": the class of its target, " + target.getName() + ", cannot be initialised: " + e,
                    e);
        }
    }

    private static Called callee(Signature wanted, MethodHandleInfo info, MethodHandles.Lookup access) {
        Class<?> owner = info.getDeclaringClass();
        Point point = Points.of(owner, info.getName(), info.getMethodType().descriptorString());
        if (!point.hasEntry() && Defaults.isWoven(owner, point.key())) {
            point.declareEntry();
        }
        return new Called(wanted, point, access);
    }

    /// The method that a target calls by its name.
    ///
    /// Thread-safe.
    private static final class Called implements PointCallee {

        private final Signature wanted;
        private final Point point;
        private final MethodHandles.Lookup access;
        private volatile @Nullable BoundTarget around;

        /// @param wanted whose target it is
        /// @param point that of the method which is called
        /// @param access a look-up that may call it
        Called(Signature wanted, Point point, MethodHandles.Lookup access) {
            this.wanted = wanted;
            this.point = point;
            this.access = access;
        }

        @Override
        public Point point() {
            return point;
        }

        @Override
        public @Nullable BoundTarget around() {
            return around;
        }

        @Override
        public void makeAround() {
            if (around != null) {
                return;
            }
            MethodHandles.Lookup within = Defaults.within(point, access);
            BoundTarget made = ofDefault(wanted, point, within, "the default of " + point.key());
            around = new BoundTarget(
                    made.shape(), point.key().owner() + "." + point.key().name(), made.handle());
        }
    }
}
