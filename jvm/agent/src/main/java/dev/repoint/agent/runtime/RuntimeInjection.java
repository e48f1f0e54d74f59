package dev.repoint.agent.runtime;

import dev.repoint.internal.agent.OwnClasses;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.net.URL;
import java.security.ProtectionDomain;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Defines the classes of a runtime in a class loader of the program. The JVM finds classes that a loader has
/// defined without asking the loader, so the loader need not know them.
///
/// | the loader | gets |
/// | --- | --- |
/// | has its own runtime | the remaining classes of this runtime. The JVM has made the agent's jar visible to its parent, so a loader that asks its parent first would mix the two |
/// | finds none, because it asks its parent only for classes of the JDK | the classes of the agent's runtime |
///
/// Uses no other class of Repoint but [PresentRuntimes] and [ClassHeader], and is public, for the same reason.
public final class RuntimeInjection {

    private static final String REPOINT = "dev.repoint.Repoint";
    private static final String UNKNOWN = "unknown";

    private final MethodHandle defineClass;
    private final MethodHandle findLoadedClass;
    private final MethodHandle findResource;

    /// Prepares the injection.
    ///
    /// @param instrumentation opens the package of [ClassLoader] to the agent
    /// @throws ReflectiveOperationException if [ClassLoader] of this JDK is different
    public RuntimeInjection(Instrumentation instrumentation) throws ReflectiveOperationException {
        instrumentation.redefineModule(
                Object.class.getModule(),
                Set.of(),
                Map.of(),
                Map.of("java.lang", Set.of(RuntimeInjection.class.getModule())),
                Set.of(),
                Map.of());
        MethodHandles.Lookup inside = MethodHandles.privateLookupIn(ClassLoader.class, MethodHandles.lookup());
        MethodType define = MethodType.methodType(
                Class.class, String.class, byte[].class, int.class, int.class, ProtectionDomain.class);
        defineClass = inside.findVirtual(ClassLoader.class, "defineClass", define);
        findLoadedClass = inside.findVirtual(
                ClassLoader.class, "findLoadedClass", MethodType.methodType(Class.class, String.class));
        findResource =
                inside.findVirtual(ClassLoader.class, "findResource", MethodType.methodType(URL.class, String.class));
    }

    /// The reason why this agent does not work with the runtime of a loader.
    ///
    /// @param loader the loader, or null for the bootstrap loader
    /// @return null if the versions are equal, otherwise one line
    public @Nullable String versionMismatch(@Nullable ClassLoader loader) {
        String version = version(loader);
        return OwnClasses.VERSION.equals(version) // a constant: this does not load the class
                ? null
                : "the program uses version " + version + " of Repoint, this agent is " + OwnClasses.VERSION
                        + "; use the agent of version " + version;
    }

    /// The version of the runtime of a loader. Loads no class of it.
    ///
    /// @param loader the loader, or null for the bootstrap loader
    /// @return for example `1.0.0`, or `unknown`
    private String version(@Nullable ClassLoader loader) {
        try {
            Class<?> defined = loader == null ? Class.forName(REPOINT, false, null) : defined(loader, REPOINT);
            if (defined != null) {
                return version(defined);
            }
            byte[] classFile = own(Objects.requireNonNull(loader), REPOINT.replace('.', '/') + ".class");
            return classFile == null
                    ? UNKNOWN
                    : Objects.requireNonNullElse(new ClassHeader(classFile).textOf("VERSION"), UNKNOWN);
        } catch (ReflectiveOperationException | LinkageError | IOException e) {
            return UNKNOWN;
        }
    }

    private static String version(Class<?> repoint) throws ReflectiveOperationException {
        for (Method method : repoint.getMethods()) {
            if (method.getName().equals("version")) {
                return String.valueOf(method.invoke(null));
            }
        }
        return String.valueOf(repoint.getField("VERSION").get(null)); // as early versions have it
    }

    /// Defines all classes that the loader has not defined yet.
    ///
    /// @param loader a loader of the program
    /// @param jar the agent's jar, for class files that the loader does not have
    /// @throws LinkageError if the JVM refuses a class
    /// @throws IOException if the jar cannot be read
    public void complete(ClassLoader loader, JarFile jar) throws IOException {
        Map<String, byte[]> left = new LinkedHashMap<>();
        ProtectionDomain domain = null;
        List<String> names = PresentRuntimes.classNames(jar);
        for (String name : names) {
            Class<?> defined = defined(loader, name);
            if (defined == null) {
                String file = name.replace('.', '/') + ".class";
                byte[] own = own(loader, file);
                byte[] classFile = own == null ? PresentRuntimes.read(jar, file) : own;
                left.put(name.replace('.', '/'), Objects.requireNonNull(classFile));
            } else {
                domain = defined.getProtectionDomain();
            }
        }
        while (!left.isEmpty()) {
            define(loader, domain, left.keySet().iterator().next(), left);
        }
    }

    /// Defines a copy of a class of the boot class path in another loader, unless that loader has one.
    ///
    /// @return the copy
    Class<?> define(ClassLoader loader, Class<?> original) throws ReflectiveOperationException {
        String name = original.getName();
        Class<?> known = defined(loader, name);
        if (known != null) {
            return known;
        }
        String file = name.replace('.', '/').concat(".class");
        try (InputStream in = Objects.requireNonNull(ClassLoader.getSystemResourceAsStream(file))) {
            byte[] classFile = in.readAllBytes();
            return (Class<?>)
                    defineClass.invokeExact(loader, name, classFile, 0, classFile.length, (ProtectionDomain) null);
        } catch (Throwable e) {
            throw new ReflectiveOperationException(name + " cannot be defined: " + e, e);
        }
    }

    /// Defines a class, and first its supertypes: the JVM would ask the loader for them.
    private void define(ClassLoader loader, @Nullable ProtectionDomain domain, String name, Map<String, byte[]> left)
            throws IOException {
        byte[] classFile = left.remove(name);
        if (classFile == null) {
            return;
        }
        for (String above : new ClassHeader(classFile).supertypes()) {
            define(loader, domain, above, left);
        }
        try {
            Class<?> unused = (Class<?>)
                    defineClass.invokeExact(loader, name.replace('/', '.'), classFile, 0, classFile.length, domain);
        } catch (NoClassDefFoundError e) {
            // It extends a class of a module that this JVM does not have, so no code uses it.
        } catch (Throwable e) {
            throw new LinkageError(name + " cannot be defined: " + e, e);
        }
    }

    /// The class with this name that the loader has defined, or null.
    private @Nullable Class<?> defined(ClassLoader loader, String name) {
        try {
            Class<?> found = (Class<?>) findLoadedClass.invokeExact(loader, name);
            return found == null || found.getClassLoader() != loader ? null : found;
        } catch (Throwable e) {
            throw new LinkageError(name + " cannot be looked up: " + e, e);
        }
    }

    /// The class file of the loader itself, without its parents, or null.
    private byte @Nullable [] own(ClassLoader loader, String file) {
        try {
            URL found = (URL) findResource.invokeExact(loader, file);
            if (found == null) {
                return null;
            }
            try (InputStream in = found.openStream()) {
                return in.readAllBytes();
            }
        } catch (Throwable e) {
            return null; // a loader of the application may do as it likes
        }
    }
}
