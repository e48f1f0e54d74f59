package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.point.BoundTarget;
import dev.repoint.internal.point.Callee;
import dev.repoint.internal.point.Points;
import dev.repoint.shape.Shape;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes targets: for a method a class that calls it by a plain invoke, where access allows it; for an object
/// of a functional interface one that holds it; for any other method handle one that holds the handle.
///
/// A plain invoke matters: HotSpot inlines it like handwritten code, at any depth of nesting, whereas method
/// handles that call method handles count as recursion and stop being inlined at the third.
///
/// Classes are spun once and kept beside the class that they are hidden next to, so that setting the same
/// target again makes no new class.
public final class Targets {

    private static final MethodHandles.Lookup SELF = MethodHandles.lookup();

    private static final ClassValue<Map<String, Object>> SPUN = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> host) {
            return new ConcurrentHashMap<>();
        }
    };

    private Targets() {}

    /// A target that does nothing.
    ///
    /// @throws PatchException if the patchable returns a value
    static BoundTarget nothing(Signature wanted) {
        if (wanted.type().returnType() != void.class) {
            throw new PatchException(wanted.key() + " cannot do nothing: it returns "
                    + wanted.type().returnType().getTypeName() + "; set it to a constant instead");
        }
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodType type = wanted.type();
        Object shape = instance(
                SELF,
                "nothing " + wanted.shape(),
                () -> Spinner.nothing(name("Nothing"), type),
                MethodType.methodType(void.class));
        return new BoundTarget(shape, "nothing", MethodHandles.empty(type));
    }

    /// A target that returns a value.
    ///
    /// @throws PatchException if the patchable does not return that type
    static BoundTarget constant(Signature wanted, @Nullable Object value) {
        MethodType type = wanted.type();
        Class<?> boxed = type.wrap().returnType();
        if (boxed == Void.class || (value == null ? type.returnType().isPrimitive() : !boxed.isInstance(value))) {
            String found = value == null
                    ? "null"
                    : value + " of type " + value.getClass().getTypeName();
            throw new PatchException(wanted.key() + " cannot return " + found + ": it returns "
                    + type.returnType().getTypeName());
        }
        MethodHandle gives = MethodHandles.constant(type.returnType(), value);
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodType held = MethodType.methodType(void.class, Types.erased(type).returnType());
        MethodHandle maker =
                maker(SELF, "constant " + wanted.shape(), () -> Spinner.constant(name("Constant"), type), held);
        // A boolean, byte, char or short is held as the int that it is to the JVM.
        MethodHandle erased = MethodHandles.explicitCastArguments(gives, MethodType.methodType(held.parameterType(0)));
        Object shape = make(maker, erased);
        return new BoundTarget(shape, "constant:" + value, MethodHandles.dropArguments(gives, 0, type.parameterList()));
    }

    /// A target for a method handle.
    ///
    /// @param access a look-up that may name the method; the class that calls it is hidden beside its class
    /// @throws PatchException if the types do not fit
    public static BoundTarget handle(
            Signature wanted, MethodHandle target, MethodHandles.Lookup access, @Nullable String name) {
        MethodHandle fixed = target.asFixedArity();
        MethodType type = fixed.type();
        if (!Types.fits(type, wanted.type())) {
            throw new PatchException(wanted.key() + " has the type " + Types.text(wanted.type())
                    + ", the target " + (name == null ? "" : name + " ") + "has " + Types.text(type)
                    + "; give a target of the same type"
                    + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
        }
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodHandleInfo info = reveal(access, fixed);
        if (info == null) {
            return held(wanted, fixed, name == null ? "a method handle of type " + Types.text(type) : name);
        }
        MethodHandle above = SuperCall.of(wanted, info, access);
        if (above != null) {
            BoundTarget held = held(wanted, above, info.getDeclaringClass().getName() + "." + info.getName());
            return new BoundTarget(
                    held.shape(), held.name(), held.handle(), new Callee(wanted, Points.ofCallee(info), access));
        }
        String text = info.getDeclaringClass().getName() + "." + info.getName();
        if (isPatchable(wanted, info)) {
            throw new PatchException(wanted.key() + " would lead to itself, and every call to a stack overflow;"
                    + " reset it for the default, or let the target call the default handle");
        }
        initialize(wanted, info.getDeclaringClass());
        Callee callee = new Callee(wanted, Points.ofCallee(info), access);
        Object shape = direct(wanted, info, type, access);
        BoundTarget made =
                shape == null ? held(wanted, fixed, text) : new BoundTarget(shape, text, fixed.asType(wanted.type()));
        return new BoundTarget(made.shape(), text, made.handle(), callee);
    }

    /// A target for an object of a functional interface, such as a lambda.
    ///
    /// @throws PatchException if the interface is not a functional one or its type does not fit
    static BoundTarget functional(Signature wanted, Class<?> functional, Object object, MethodHandles.Lookup access) {
        Method method = FunctionalInterfaces.method(functional);
        MethodType type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        if (!FunctionalInterfaces.fits(method, type, wanted.type())) {
            throw new PatchException(wanted.key() + " has the type " + Types.text(wanted.type()) + ", "
                    + functional.getName() + "." + method.getName() + " has " + Types.text(type)
                    + "; use a functional interface of the same type"
                    + (wanted.isStatic() ? "" : " (the receiver is its first parameter)"));
        }
        Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        MethodHandle bound = unreflect(wanted, functional, method, access).bindTo(object);
        String text = "an instance of " + functional.getName();
        MethodHandle adapted = bound.asType(wanted.type());
        for (MethodHandles.Lookup host : hosts(wanted, access, functional)) {
            Access reach = new Access(host);
            if (reach.canName(functional) && reach.canNameAll(type)) {
                MethodHandle maker = functionalMaker(wanted, functional, method, type, host, reach);
                return new BoundTarget(make(maker, MethodHandles.constant(functional, object)), text, adapted);
            }
        }
        return held(wanted, adapted, text);
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
                throw new PatchException(
                        wanted.key() + ": " + functional.getName() + " is not accessible to "
                                + access.lookupClass().getName() + "; make it public, or open its package",
                        denied);
            }
        }
    }

    private static MethodHandle functionalMaker(
            Signature wanted,
            Class<?> functional,
            Method method,
            MethodType type,
            MethodHandles.Lookup host,
            Access reach) {
        ClassDesc self = ClassDesc.ofDescriptor(functional.descriptorString());
        MethodTypeDesc descriptor = Spinner.describe(type);
        return maker(
                host,
                "functional " + functional.getName() + " " + wanted.shape(),
                () -> Spinner.holding(
                        reach.hiddenName(),
                        self,
                        type,
                        wanted.type(),
                        code -> code.invokeinterface(self, method.getName(), descriptor)),
                MethodType.methodType(void.class, functional));
    }

    private static BoundTarget held(Signature wanted, MethodHandle target, String name) {
        MethodType type = wanted.type();
        MethodHandle exact = target.asType(type);
        MethodHandle erased = MethodHandles.explicitCastArguments(exact, Types.erased(type));
        MethodHandle maker = maker(
                SELF,
                "handle " + wanted.shape(),
                () -> Spinner.handle(name("Handle"), type),
                MethodType.methodType(void.class, MethodHandle.class));
        return new BoundTarget(make(maker, MethodHandles.constant(MethodHandle.class, erased)), name, exact);
    }

    /// The object that calls a method by a plain invoke, or null where a hidden class beside the look-up's
    /// could not.
    private static @Nullable Object direct(
            Signature wanted, MethodHandleInfo info, MethodType type, MethodHandles.Lookup access) {
        for (MethodHandles.Lookup host : hosts(wanted, access, info.getDeclaringClass())) {
            if (new Access(host).canInvoke(info, type)) {
                return direct(wanted, info, type, host, new Access(host));
            }
        }
        return null;
    }

    private static @Nullable Object direct(
            Signature wanted, MethodHandleInfo info, MethodType type, MethodHandles.Lookup host, Access reach) {
        ClassDesc owner = ClassDesc.ofDescriptor(info.getDeclaringClass().descriptorString());
        MethodTypeDesc descriptor = Spinner.describe(info.getMethodType());
        boolean inInterface = info.getDeclaringClass().isInterface();
        int kind = info.getReferenceKind();
        if (kind == MethodHandleInfo.REF_invokeSpecial && !Modifier.isPrivate(info.getModifiers())) {
            return null; // a super call: only a subclass may make it
        }
        String name = info.getName();
        return instance(
                host,
                // The type too: it has the class that the receiver is cast to, which need not be the declaring one.
                kind + " " + owner.descriptorString() + name + type.descriptorString() + " " + wanted.shape(),
                () -> Spinner.direct(reach.hiddenName(), type, wanted.type(), code -> {
                    if (kind == MethodHandleInfo.REF_invokeStatic) {
                        code.invokestatic(owner, name, descriptor, inInterface);
                    } else if (inInterface) {
                        code.invokeinterface(owner, name, descriptor);
                    } else {
                        code.invokevirtual(owner, name, descriptor);
                    }
                }),
                MethodType.methodType(void.class));
    }

    private static @Nullable MethodHandleInfo reveal(MethodHandles.Lookup access, MethodHandle target) {
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
    private static void initialize(Signature wanted, Class<?> target) {
        if (target.isHidden()) {
            return;
        }
        try {
            Class.forName(target.getName(), true, target.getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            throw new PatchException(
                    wanted.key() + ": the class of its target, " + target.getName() + ", cannot be initialised: " + e,
                    e);
        }
    }

    /// The look-ups beside whose classes an object may be hidden that calls a target: the one that was given,
    /// and that of the patchable's own class, once its entry has linked. A look-up that came from another
    /// module is not enough.
    private static List<MethodHandles.Lookup> hosts(Signature wanted, MethodHandles.Lookup access, Class<?> target) {
        List<MethodHandles.Lookup> hosts = new ArrayList<>();
        hosts.add(access);
        MethodHandles.Lookup entry = wanted.point().entryLookup();
        if (entry != null) {
            hosts.add(entry);
            try {
                hosts.add(MethodHandles.privateLookupIn(target, entry));
            } catch (IllegalAccessException e) {
                // Then it is no host: the others may be.
            }
        }
        Class<?> shape = Shape.show(wanted.method().getDeclaringClass(), wanted.shape());
        hosts.removeIf(host -> !host.hasFullPrivilegeAccess() || !new Access(host).canName(shape));
        return hosts;
    }

    private static Object instance(
            MethodHandles.Lookup host, String id, Supplier<byte[]> bytes, MethodType constructor) {
        return SPUN.get(host.lookupClass())
                .computeIfAbsent("instance " + id, absent -> make(define(host, bytes.get(), constructor)));
    }

    private static MethodHandle maker(
            MethodHandles.Lookup host, String id, Supplier<byte[]> bytes, MethodType constructor) {
        return (MethodHandle) SPUN.get(host.lookupClass())
                .computeIfAbsent("maker " + id, absent -> define(host, bytes.get(), constructor));
    }

    private static MethodHandle define(MethodHandles.Lookup host, byte[] bytes, MethodType constructor) {
        try {
            MethodHandles.Lookup spun = host.defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
            return spun.findConstructor(spun.lookupClass(), constructor);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new PatchException(
                    "cannot define a target beside " + host.lookupClass().getName() + ": " + e, e);
        }
    }

    /// Calls a constructor with the values that the suppliers give.
    private static Object make(MethodHandle constructor, MethodHandle... values) {
        try {
            MethodHandle all = constructor;
            for (MethodHandle value : values) {
                all = MethodHandles.foldArguments(all, value);
            }
            return all.asType(MethodType.methodType(Object.class)).invokeExact();
        } catch (Throwable e) {
            throw new PatchException("cannot make a target: " + e, e);
        }
    }

    private static ClassDesc name(String kind) {
        return ClassDesc.of(Targets.class.getPackageName(), kind);
    }
}
