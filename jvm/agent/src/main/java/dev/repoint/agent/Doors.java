package dev.repoint.agent;

import dev.repoint.link.Link;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Lets woven code of named modules call the runtime, and lets the runtime look up what lies in them.
///
/// Thread-safe.
final class Doors {

    private final Instrumentation instrumentation;
    private final Module runtime = Link.class.getModule();
    private final Module agent = Doors.class.getModule();

    Doors(Instrumentation instrumentation) {
        this.instrumentation = instrumentation;
    }

    /// Lets classes of a module refer to the runtime.
    void letRead(Module module) {
        read(module, runtime);
    }

    /// A look-up that the runtime accepts as the capability for a class.
    MethodHandles.Lookup lookupFor(Class<?> owner) {
        open(owner);
        return MethodHandles.lookup();
    }

    /// Opens the package of a class to the runtime and to the agent.
    void open(Class<?> owner) {
        Module module = owner.getModule();
        String packageName = owner.getPackageName();
        read(runtime, module);
        read(agent, module);
        if (module.isNamed()
                && !(module.isOpen(packageName, runtime) && module.isOpen(packageName, agent))) {
            Set<Module> guests = new HashSet<>();
            guests.add(runtime);
            guests.add(agent);
            instrumentation.redefineModule(
                    module, Set.of(), Map.of(), Map.of(packageName, guests), Set.of(), Map.of());
        }
    }

    private void read(Module reader, Module read) {
        if (reader.isNamed() && !reader.canRead(read)) {
            instrumentation.redefineModule(reader, Set.of(read), Map.of(), Map.of(), Set.of(), Map.of());
        }
    }
}
