package dev.repoint.agent;

import dev.repoint.agent.runtime.AnnotationSearch;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.IllegalClassFormatException;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An agent without options that waits: there is nothing for it to do until a class that has to do with the runtime is
/// loaded, or a command may come. Then the agent starts. Until then a program loads three classes more than without
/// it, and keeps its archives of classes.
///
/// | what starts the agent | |
/// | --- | --- |
/// | a class names the runtime | it carries the annotation, was woven before, or calls the runtime |
/// | a class uses a field of another class of the program, and its class loader finds the annotation | the other class may carry it |
/// | another agent starts | the launcher is called again, by an option of the JVM or by a command that attaches |
/// | a second has passed | commands need the control socket |
///
/// The transformer of the agent keeps the place of this one among the transformers of the JVM. Uses no other class of
/// Repoint but [ReferenceScan] and [AnnotationSearch] before the agent starts: see [VisibleStart]. Thread-safe.
final class Standby implements ClassFileTransformer, Consumer<ClassFileTransformer>, Runnable {

    private static final long SOCKET_DELAY_NANOS = 1_000_000_000;
    private static final String ROOT = "dev/repoint/";

    private final Instrumentation instrumentation;

    /// Whether loaders find the annotation. Guarded by itself.
    private final Map<ClassLoader, Boolean> annotated = new WeakHashMap<>();

    /// The transformer of the agent; null before the agent starts, and if another one has started.
    private volatile @Nullable ClassFileTransformer agent;

    /// Guarded by this.
    private boolean started;

    private Standby(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /// Begins to wait.
    static Standby begin(Instrumentation instrumentation) {
        Standby waiting = new Standby(instrumentation);
        instrumentation.addTransformer(waiting, true);
        Thread opening = new Thread(null, waiting, "repoint-control", 0, false);
        opening.setDaemon(true);
        opening.start();
        return waiting;
    }

    /// Starts the agent, unless it has started. If it cannot start, this prints the reason in one line.
    synchronized void end() {
        if (!started) {
            started = true;
            String failure = VisibleStart.run(null, instrumentation, false, this);
            if (failure != null) {
                System.err.println("repoint: " + failure);
            }
        }
    }

    /// Takes the transformer of the agent.
    @Override
    public void accept(ClassFileTransformer transformer) {
        agent = transformer;
    }

    /// Starts the agent a little later, for commands.
    @Override
    public void run() {
        long begin = System.nanoTime();
        for (long left = SOCKET_DELAY_NANOS; left > 0; left = SOCKET_DELAY_NANOS - (System.nanoTime() - begin)) {
            LockSupport.parkNanos(left);
        }
        end();
        if (agent != null) {
            RunningAgent.openSocket();
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> loaded,
            @Nullable ProtectionDomain domain,
            byte[] classFile)
            throws IllegalClassFormatException {
        ClassFileTransformer awake = agent;
        if (awake == null) {
            if (!concerns(module, loader, name, classFile)) {
                return null;
            }
            end();
            awake = agent;
        }
        return awake == null ? null : awake.transform(module, loader, name, loaded, domain, classFile);
    }

    private boolean concerns(
            @Nullable Module module, @Nullable ClassLoader loader, @Nullable String name, byte[] classFile) {
        boolean ofJdk = loader == null || loader == ClassLoader.getPlatformClassLoader();
        if (ofJdk && module != null && module.isNamed() || name != null && isOurs(name)) {
            return false;
        }
        ReferenceScan references = new ReferenceScan(classFile);
        return references.namesRuntime()
                || !ofJdk && loader != null && references.usesFieldsOfOthers() && findsAnnotation(loader);
    }

    private static boolean isOurs(String name) {
        if (!name.startsWith(ROOT)) {
            return false;
        }
        int slash = name.indexOf('/', ROOT.length());
        if (slash < 0) {
            return true;
        }
        return switch (name.substring(ROOT.length(), slash)) {
            case "link", "shape", "jmx", "internal", "weaver", "agent", "java17" -> true;
            default -> false;
        };
    }

    private boolean findsAnnotation(ClassLoader loader) {
        synchronized (annotated) {
            Boolean known = annotated.get(loader);
            if (known != null) {
                return known;
            }
        }
        boolean found = AnnotationSearch.finds(loader);
        synchronized (annotated) {
            annotated.put(loader, found);
        }
        return found;
    }
}
