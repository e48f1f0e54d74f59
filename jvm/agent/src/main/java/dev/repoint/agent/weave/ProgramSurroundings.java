package dev.repoint.agent.weave;

import dev.repoint.weaver.direct.Surroundings;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/// The program around a class that is being loaded. Other classes may load later, so no subclass can be ruled out.
///
/// @param module of the class; null if it is not known
record ProgramSurroundings(@Nullable Module module) implements Surroundings {

    @Override
    public @Nullable Collection<String> subtypes(String internalName) {
        return null;
    }

    @Override
    public boolean isClosed() {
        return false;
    }

    @Override
    public boolean isInside(String internalName) {
        return false;
    }

    /// A class of no module of the boot layer is taken for one that the class loader of the caller finds.
    @Override
    public @Nullable String obstacle(String caller, String target) {
        String name = target.substring(0, Math.max(target.lastIndexOf('/'), 0)).replace('/', '.');
        if (module == null || module.getPackages().contains(name)) {
            return null;
        }
        Module found = null;
        for (Module each : ModuleLayer.boot().modules()) {
            if (each.getPackages().contains(name)) {
                found = each;
            }
        }
        if (found == null) {
            return module.isNamed() ? "its target is in no module that " + module.getName() + " reads" : null;
        }
        return module.canRead(found) && found.isExported(name, module)
                ? null
                : "its target is in a package that " + found.getName() + " does not export to "
                        + (module.isNamed() ? module.getName() : "the class path");
    }
}
