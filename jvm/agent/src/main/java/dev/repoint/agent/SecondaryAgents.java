package dev.repoint.agent;

import dev.repoint.PatchException;
import dev.repoint.SyntaxException;
import dev.repoint.agent.patch.Policies;
import dev.repoint.agent.runtime.PresentRuntimes;
import dev.repoint.agent.runtime.RuntimeInjection;
import dev.repoint.agent.runtime.RuntimeVisibility;
import dev.repoint.agent.weave.OtherRuntimes;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.link.MethodLink;
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
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// The secondary agents: one for each class loader of the program that has defined a runtime. The class loaders of a
/// Spring Boot jar, a WAR or a bundle may do this.
///
/// A secondary agent is another instance of the agent, in a [SecondaryAgentLoader]. It works for the classes that
/// find this runtime. Only the runtime refers to it, so it ends with the class loader. The primary agent has the
/// only transformer that the JVM knows, and the only control socket. It forwards classes and requests to the
/// secondary agents.
///
/// If a class loader finds no runtime, it gets one when one of its classes is selected: see [RuntimeInjection].
///
/// Thread-safe.
final class SecondaryAgents implements OtherRuntimes {

    /// As a name, because its class refers to [RunningAgent], and that class to this one.
    private static final String START = "dev.repoint.agent.SecondaryAgentStart";

    private final Instrumentation instrumentation;
    private final MethodHandles.Lookup classPath;
    private final @Nullable JarFile jar;
    private final RuntimeVisibility visibility;
    private final SharedOptions shared;
    private final ReentrantLock lock = new ReentrantLock();

    /// Guarded by the lock.
    private final List<String> options = new ArrayList<>();
    /// Guarded by the lock.
    private @Nullable RuntimeInjection injection;

    /// Guarded by itself.
    private final Map<ClassLoader, WeakReference<Object>> secondaries = new WeakHashMap<>();
    /// The reason why a loader has none. Guarded by [#secondaries].
    private final Map<ClassLoader, String> failures = new WeakHashMap<>();

    /// @param classPath a look-up from a class on the program's class path
    /// @param jar the agent's jar, or null if it is unknown: then there are no secondary agents
    /// @param sight the runtimes that class loaders find
    /// @param shared those of the primary agent
    SecondaryAgents(
            Instrumentation instrumentation,
            MethodHandles.Lookup classPath,
            @Nullable JarFile jar,
            RuntimeVisibility visibility,
            SharedOptions shared) {
        this.instrumentation = instrumentation;
        this.classPath = classPath;
        this.jar = jar;
        this.visibility = visibility;
        this.shared = shared;
    }

    /// Adds options of the agent, for the existing secondary agents and for later ones.
    ///
    /// @throws PatchException if a secondary agent refuses them
    void add(@Nullable String text) {
        String added = text == null ? "" : text;
        lock.lock();
        try {
            options.add(added);
        } finally {
            lock.unlock();
        }
        for (UnaryOperator<List<String>> secondary : all()) {
            List<List<String>> unused = RequestHandler.ask(secondary, List.of(RequestHandler.OPTIONS, added));
        }
    }

    /// Starts a secondary agent for each runtime that has none.
    void find() {
        for (ClassLoader loader : PresentRuntimes.loaders(instrumentation)) {
            if (loader != null
                    && loader != MethodLink.class.getClassLoader()
                    && RuntimeVisibility.linkOf(loader) != null) {
                lock.lock();
                try {
                    Object unused = startOnce(loader, true);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    /// The request handlers of the secondary agents.
    List<UnaryOperator<List<String>>> all() {
        List<UnaryOperator<List<String>>> all = new ArrayList<>();
        synchronized (secondaries) {
            if (secondaries.isEmpty()) {
                return List.of(); // mostly, and the JVM need not load what iterates
            }
            for (WeakReference<Object> each : secondaries.values()) {
                if (each.get() instanceof UnaryOperator<?> secondary) {
                    all.add(asked(secondary));
                }
            }
        }
        return all;
    }

    /// Gives a runtime to a class loader that finds none, and starts a secondary agent for it.
    ///
    /// @return null, or the reason why this is impossible
    @Nullable
    String inject(ClassLoader loader) {
        lock.lock();
        try {
            return injectLocked(loader, true);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public @Nullable String injectAsItLoads(ClassLoader loader) {
        if (!lock.tryLock()) {
            return "the agent was busy with another class loader";
        }
        try {
            return injectLocked(loader, false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        Class<?> link = RuntimeVisibility.linkOf(loader);
        ClassLoader runtime = link == null ? null : link.getClassLoader();
        if (runtime == null) {
            return null;
        }
        Object secondary = of(runtime);
        if (secondary == null && lock.tryLock()) {
            try {
                secondary = startOnce(runtime, false);
            } finally {
                lock.unlock();
            }
        }
        return secondary instanceof ClassFileTransformer transformer
                ? transformer.transform(module, loader, className, loaded, domain, classFile)
                : null;
    }

    /// The reason why no agent works for the classes of a loader that find another runtime, or null.
    @Nullable
    String failure(ClassLoader loader) {
        Class<?> link = RuntimeVisibility.linkOf(loader);
        synchronized (secondaries) {
            return link == null ? null : failures.get(link.getClassLoader());
        }
    }

    private @Nullable Object of(ClassLoader runtime) {
        synchronized (secondaries) {
            WeakReference<Object> known = secondaries.get(runtime);
            return known == null ? null : known.get();
        }
    }

    private @Nullable String injectLocked(ClassLoader loader, boolean weavesPresent) {
        if (visibility.of(loader) != RuntimeVisibility.VisibleRuntime.NONE) {
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
        visibility.forget(loader);
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
            Object secondary = start(runtime, weavesPresent);
            synchronized (secondaries) {
                secondaries.put(runtime, new WeakReference<>(secondary));
                failures.remove(runtime);
            }
            return secondary;
        } catch (PatchException | SyntaxException | IOException | ReflectiveOperationException | LinkageError e) {
            synchronized (secondaries) {
                failures.put(runtime, String.valueOf(e.getMessage()));
            }
            return null;
        }
    }

    private Object start(ClassLoader runtime, boolean weavesPresent) throws IOException, ReflectiveOperationException {
        if (jar == null) {
            throw new PatchRefusal("the agent's jar cannot be found; load the agent from a jar file");
        }
        String failure = injection().versionMismatch(runtime);
        if (failure != null) {
            throw new PatchRefusal(failure);
        }
        try {
            Class<?> secondary = Class.forName(START, true, new SecondaryAgentLoader(jar, runtime));
            Object started = secondary
                    .getMethod(
                            "start",
                            List.class,
                            Instrumentation.class,
                            boolean.class,
                            MethodHandles.Lookup.class,
                            JarFile.class)
                    .invoke(null, List.copyOf(options), instrumentation, weavesPresent, classPath, jar);
            if (started instanceof UnaryOperator<?> operator) {
                List<String> all = Policies.Assigned.fields(shared.assigned());
                List<List<String>> unused =
                        RequestHandler.ask(asked(operator), RequestHandler.request(RequestHandler.POLICIES, all));
            }
            return started;
        } catch (InvocationTargetException e) {
            throw new PatchRefusal("the agent does not start for the runtime in " + runtime + ": " + e.getCause(), e);
        }
    }

    /// A secondary agent maps the fields of a request to the fields of the reply.
    @SuppressWarnings("unchecked")
    private static UnaryOperator<List<String>> asked(UnaryOperator<?> secondary) {
        return (UnaryOperator<List<String>>) secondary;
    }
}
