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

/// Gives woven code of named modules access to the runtime, and the runtime access to their members.
///
/// Thread-safe.
public final class ModuleAccess {

    private static final Module RUNTIME = MethodLink.class.getModule();
    private static final Module AGENT = ModuleAccess.class.getModule();

    private final Instrumentation instrumentation;
    private final MethodHandles.Lookup classPath;

    /// @param classPath a look-up from a class on the program's class path
    public ModuleAccess(Instrumentation instrumentation, MethodHandles.Lookup classPath) {
        this.instrumentation = instrumentation;
        this.classPath = classPath;
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
        if (owner.getModule() != classPath.lookupClass().getModule()) {
            return;
        }
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(owner, classPath);
            MethodLink.entry(inside, key.name(), MethodType.methodType(Object.class), key.descriptor());
        } catch (IllegalAccessException e) {
            // Then the first call links it.
        }
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
