package dev.repoint.internal.targets;

import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.shape.Shape;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// The hidden classes that call targets.
///
/// Each is spun once and kept beside the class that it is hidden next to, so that setting the same target again
/// makes no new class.
///
/// Thread-safe.
final class HiddenClasses {

    /// Hides a class beside the runtime.
    static final MethodHandles.Lookup SELF = MethodHandles.lookup();

    private static final ClassValue<Map<String, Object>> SPUN = new ClassValue<>() {
        @Override
        protected Map<String, Object> computeValue(Class<?> host) {
            return new ConcurrentHashMap<>();
        }
    };

    private HiddenClasses() {}

    /// The look-ups beside whose classes an object may be hidden that calls a target: the one that was given,
    /// and that of the patchable's own class, once its entry has linked. A look-up that came from another
    /// module is not enough.
    static List<MethodHandles.Lookup> hosts(Signature wanted, MethodHandles.Lookup access, Class<?> target) {
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

    /// The only object of a class.
    ///
    /// @param host beside whose class it is hidden
    /// @param id what it is called there
    static Object instance(MethodHandles.Lookup host, String id, Supplier<byte[]> bytes, MethodType constructor) {
        return SPUN.get(host.lookupClass())
                .computeIfAbsent("instance " + id, absent -> make(define(host, bytes.get(), constructor)));
    }

    /// What is made once beside a class. Making it may run code of the application.
    ///
    /// @param id what it is called there
    static Object kept(MethodHandles.Lookup host, String id, Supplier<Object> maker) {
        Map<String, Object> kept = SPUN.get(host.lookupClass());
        Object known = kept.get(id);
        if (known != null) {
            return known;
        }
        Object made = maker.get();
        Object other = kept.putIfAbsent(id, made);
        return other == null ? made : other;
    }

    /// The constructor of a class.
    ///
    /// @param host beside whose class it is hidden
    /// @param id what it is called there
    static MethodHandle maker(MethodHandles.Lookup host, String id, Supplier<byte[]> bytes, MethodType constructor) {
        return (MethodHandle) SPUN.get(host.lookupClass())
                .computeIfAbsent("maker " + id, absent -> define(host, bytes.get(), constructor));
    }

    private static MethodHandle define(MethodHandles.Lookup host, byte[] bytes, MethodType constructor) {
        try {
            MethodHandles.Lookup spun = host.defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
            return spun.findConstructor(spun.lookupClass(), constructor);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new PatchRefusal(
                    "cannot define a target beside " + host.lookupClass().getName() + ": " + e, e);
        }
    }

    /// Calls a constructor with the values that the suppliers give.
    static Object make(MethodHandle constructor, MethodHandle... values) {
        try {
            MethodHandle all = constructor;
            for (MethodHandle value : values) {
                all = MethodHandles.foldArguments(all, value);
            }
            return all.asType(MethodType.methodType(Object.class)).invokeExact();
        } catch (Throwable e) {
            throw new PatchRefusal("cannot make a target: " + e, e);
        }
    }

    /// The internal name of one that is hidden beside the runtime.
    static String name(String kind) {
        return HiddenClasses.class.getPackageName().replace('.', '/') + "/" + kind;
    }
}
