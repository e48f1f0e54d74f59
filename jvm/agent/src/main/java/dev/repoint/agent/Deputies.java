package dev.repoint.agent;

import dev.repoint.PatchException;
import dev.repoint.link.Link;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.ref.WeakReference;
import java.lang.reflect.InvocationTargetException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The deputies of an agent: one for each class loader of the program that has defined a runtime of its own, as
/// those of a Spring Boot jar, a WAR or a bundle may.
///
/// A deputy is the agent once more, in a [DeputyLoader], and works for the classes that find that runtime. It
/// is held by that runtime alone, so that it goes with its class loader. The principal has the only transformer
/// that the JVM knows, and the only control socket; it passes on what concerns a deputy.
///
/// A class loader that finds no runtime gets one when a class of it is selected: see [RuntimeInjection].
///
/// Thread-safe. A thread that is loading a class waits for no other one here: it may hold what that one waits
/// for.
final class Deputies {

    private final Instrumentation instrumentation;
    private final MethodHandles.Lookup classPath;
    private final @Nullable JarFile jar;
    private final RuntimeSight sight;
    private final Supplier<List<Policies.Assigned>> policies;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private final List<String> options = new ArrayList<>();
    /// Guarded by the lock.
    private @Nullable RuntimeInjection injection;

    /// Guarded by itself.
    private final Map<ClassLoader, WeakReference<Object>> deputies = new WeakHashMap<>();
    /// Why a loader has none. Guarded by [#deputies].
    private final Map<ClassLoader, String> failures = new WeakHashMap<>();

    /// @param classPath a look-up from a class on the program's class path
    /// @param jar the agent's jar, or null if it is unknown: then there are no deputies
    /// @param sight what class loaders find
    /// @param policies the principal's, at any time
    Deputies(
            Instrumentation instrumentation,
            MethodHandles.Lookup classPath,
            @Nullable JarFile jar,
            RuntimeSight sight,
            Supplier<List<Policies.Assigned>> policies) {
        this.instrumentation = instrumentation;
        this.classPath = classPath;
        this.jar = jar;
        this.sight = sight;
        this.policies = policies;
    }

    /// Adds options of the agent, for the deputies that there are and those to come.
    ///
    /// @throws PatchException if a deputy refuses them
    void add(@Nullable String text) {
        String added = text == null ? "" : text;
        lock.lock();
        try {
            options.add(added);
        } finally {
            lock.unlock();
        }
        for (UnaryOperator<List<String>> deputy : all()) {
            List<List<String>> unused = Deputy.ask(deputy, List.of(Requests.OPTIONS, added));
        }
    }

    /// Starts a deputy for each runtime that has none.
    void find() {
        for (ClassLoader loader : PresentRuntimes.loaders(instrumentation)) {
            if (loader != null && loader != Link.class.getClassLoader() && RuntimeSight.linkOf(loader) != null) {
                lock.lock();
                try {
                    Object unused = startOnce(loader, true);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /// The deputies that there are, to be asked.
    List<UnaryOperator<List<String>>> all() {
        List<UnaryOperator<List<String>>> all = new ArrayList<>();
        synchronized (deputies) {
            for (WeakReference<Object> each : deputies.values()) {
                if (each.get() instanceof UnaryOperator<?> deputy) {
                    all.add(asked(deputy));
                }
            }
        }
        return all;
    }

    /// Gives a class loader that finds no runtime one of its own, with a deputy.
    ///
    /// @return null, or why that cannot be
    @Nullable
    String inject(ClassLoader loader) {
        lock.lock();
        try {
            return injectLocked(loader, true);
        } finally {
            lock.unlock();
        }
    }

    /// As [#inject], by a thread that is loading a class.
    @Nullable
    String injectAsItLoads(ClassLoader loader) {
        if (!lock.tryLock()) {
            return "the agent was busy with another class loader";
        }
        try {
            return injectLocked(loader, false);
        } finally {
            lock.unlock();
        }
    }

    /// Has a deputy weave a class that does not find this agent's runtime, but another one.
    ///
    /// @return as for a transformer
    byte @Nullable [] transform(
            @Nullable Module module,
            ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        Class<?> link = RuntimeSight.linkOf(loader);
        ClassLoader runtime = link == null ? null : link.getClassLoader();
        if (runtime == null) {
            return null;
        }
        Object deputy = of(runtime);
        if (deputy == null && lock.tryLock()) {
            try {
                deputy = startOnce(runtime, false);
            } finally {
                lock.unlock();
            }
        }
        return deputy instanceof ClassFileTransformer transformer
                ? transformer.transform(module, loader, className, loaded, domain, classFile)
                : null;
    }

    /// Why classes of a loader that find another runtime are not served, or null.
    @Nullable
    String failure(ClassLoader loader) {
        Class<?> link = RuntimeSight.linkOf(loader);
        synchronized (deputies) {
            return link == null ? null : failures.get(link.getClassLoader());
        }
    }

    private @Nullable Object of(ClassLoader runtime) {
        synchronized (deputies) {
            WeakReference<Object> known = deputies.get(runtime);
            return known == null ? null : known.get();
        }
    }

    private @Nullable String injectLocked(ClassLoader loader, boolean weavesPresent) {
        if (sight.of(loader) != RuntimeSight.Sight.NONE) {
            return null;
        }
        if (jar == null) {
            return "the agent's jar cannot be found";
        }
        try {
            injection().complete(loader, jar);
        } catch (IOException | ReflectiveOperationException | LinkageError | RuntimeException e) {
            return e.toString();
        }
        sight.forget(loader);
        return startOnce(loader, weavesPresent) == null ? failure(loader) : null;
    }

    private RuntimeInjection injection() throws ReflectiveOperationException {
        RuntimeInjection ready = injection;
        if (ready == null) {
            ready = new RuntimeInjection(instrumentation);
            injection = ready;
        }
        return ready;
    }

    private @Nullable Object startOnce(ClassLoader runtime, boolean weavesPresent) {
        Object known = of(runtime);
        if (known != null) {
            return known;
        }
        try {
            Object deputy = start(runtime, weavesPresent);
            synchronized (deputies) {
                deputies.put(runtime, new WeakReference<>(deputy));
                failures.remove(runtime);
            }
            return deputy;
        } catch (PatchException | IOException | ReflectiveOperationException | LinkageError e) {
            synchronized (deputies) {
                failures.put(runtime, String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    private Object start(ClassLoader runtime, boolean weavesPresent) throws IOException, ReflectiveOperationException {
        if (jar == null) {
            throw new PatchException("the agent's jar cannot be found; load the agent from a jar file");
        }
        String failure = Agent.otherVersion(injection().version(runtime));
        if (failure != null) {
            throw new PatchException(failure);
        }
        try {
            Class<?> deputy = Class.forName(Deputy.class.getName(), true, new DeputyLoader(jar, runtime));
            Object started = deputy.getMethod(
                            "start", List.class, Instrumentation.class, boolean.class, MethodHandles.Lookup.class)
                    .invoke(null, List.copyOf(options), instrumentation, weavesPresent, classPath);
            if (started instanceof UnaryOperator<?> operator) {
                List<String> all = Policies.Assigned.fields(policies.get());
                List<List<String>> unused = Deputy.ask(asked(operator), Requests.request(Requests.POLICIES, all));
            }
            return started;
        } catch (InvocationTargetException e) {
            throw new PatchException("the agent does not start for the runtime in " + runtime + ": " + e.getCause(), e);
        }
    }

    /// A deputy maps the fields of a request to those of a reply.
    @SuppressWarnings("unchecked")
    private static UnaryOperator<List<String>> asked(UnaryOperator<?> deputy) {
        return (UnaryOperator<List<String>>) deputy;
    }
}
