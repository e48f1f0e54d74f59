package dev.repoint.agent.runtime;

import dev.repoint.Key;
import dev.repoint.link.MethodLink;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives woven code of named modules access to the runtime, and the runtime access to their members.
///
/// Thread-safe.
public final class ModuleAccess {

    private static final Module RUNTIME = MethodLink.class.getModule();
    private static final Module AGENT = ModuleAccess.class.getModule();

    private final Instrumentation instrumentation;
    /// From a class on the program's class path. Guarded by this.
    private MethodHandles.@Nullable Lookup classPath;

    /// @param classPath a look-up from the class of the agent that the JVM has started
    public ModuleAccess(Instrumentation instrumentation, MethodHandles.Lookup classPath) {
        this.instrumentation = instrumentation;
        this.classPath = classPath.lookupClass().getClassLoader() == null ? null : classPath;
    }

    /// Lets the agent use the internal packages of the runtime, if the runtime is a named module.
    public static void openRuntime(Instrumentation instrumentation) {
        if (RUNTIME.isNamed() && RUNTIME != AGENT) {
            Map<String, Set<Module>> exports = new HashMap<>();
            RUNTIME.getPackages().forEach(each -> exports.put(each, Set.of(AGENT)));
            instrumentation.redefineModule(RUNTIME, Set.of(), exports, Map.of(), Set.of(), Map.of());
        }
    }

    /// Links the entry of a method before its first call, if this is possible from outside: in classes of the class
    /// path. The runtime then has a look-up of the class, and can call targets directly. Otherwise it calls a target
    /// that was set before the first call through a method handle.
    public void link(Class<?> owner, Key key) {
        if (owner.getModule() != classPathModule()) {
            return;
        }
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(owner, classPath());
            MethodLink.entry(inside, key.name(), MethodType.methodType(Object.class), key.descriptor());
        } catch (ReflectiveOperationException e) {
            // Then the first call links it.
        }
    }

    private synchronized Module classPathModule() {
        return classPath == null
                ? ClassLoader.getSystemClassLoader().getUnnamedModule()
                : classPath.lookupClass().getModule();
    }

    /// A look-up from a class on the class path. If the whole agent is on the boot class path, the class path gets one.
    private synchronized MethodHandles.Lookup classPath() throws ReflectiveOperationException {
        MethodHandles.Lookup known = classPath;
        if (known == null) {
            RuntimeInjection injection = new RuntimeInjection(instrumentation);
            Class<?> inside = injection.define(ClassLoader.getSystemClassLoader(), ClassPathLookup.class);
            known = (MethodHandles.Lookup) inside.getMethod("lookup").invoke(null);
            classPath = known;
        }
        return known;
    }

    /// Lets classes of a module refer to the runtime.
    public void letRead(Module module) {
        read(module, RUNTIME);
    }

    /// A look-up that the runtime accepts as the capability for a class.
    public MethodHandles.Lookup lookupFor(Class<?> owner) {
        open(owner);
        return MethodHandles.lookup();
    }

    /// Opens the package of a class to the runtime and to the agent.
    public void open(Class<?> owner) {
        Module module = owner.getModule();
        String packageName = owner.getPackageName();
        read(RUNTIME, module);
        read(AGENT, module);
        if (module.isNamed() && !(module.isOpen(packageName, RUNTIME) && module.isOpen(packageName, AGENT))) {
            Set<Module> guests = new HashSet<>();
            guests.add(RUNTIME);
            guests.add(AGENT);
            instrumentation.redefineModule(module, Set.of(), Map.of(), Map.of(packageName, guests), Set.of(), Map.of());
        }
    }

    private void read(Module reader, Module read) {
        if (reader.isNamed() && !reader.canRead(read)) {
            instrumentation.redefineModule(reader, Set.of(read), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
