package dev.repoint.weaver.direct;

import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which classes of the JDK the code of a file can use: those of exported packages, and if the file is a module, of
/// modules that it reads.
public final class ModuleRules {

    private static final String BASE = "java.base";

    private final @Nullable Set<String> read;
    private final Map<String, ModuleDescriptor> byPackage = new HashMap<>();

    private ModuleRules(Map<String, ModuleDescriptor> byName, @Nullable Set<String> read) {
        this.read = read;
        byName.values().forEach(each -> each.packages().forEach(name -> byPackage.put(name, each)));
    }

    /// The rules for a file.
    ///
    /// @param moduleInfo the class file of its module, or null
    public static ModuleRules of(byte @Nullable [] moduleInfo) {
        Map<String, ModuleDescriptor> byName = new HashMap<>();
        for (ModuleReference each : ModuleFinder.ofSystem().findAll()) {
            byName.put(each.descriptor().name(), each.descriptor());
        }
        return new ModuleRules(byName, moduleInfo == null ? null : read(byName, moduleInfo));
    }

    /// The reason why the code cannot use a class of the JDK.
    ///
    /// @param target internal name of the class
    /// @return one line, or null if it can, or the class is not of the JDK
    @Nullable
    String obstacle(String target) {
        String name = ClassFacts.packageOf(target).replace('/', '.');
        ModuleDescriptor module = byPackage.get(name);
        if (module == null) {
            return null;
        }
        if (!isExported(module, name)) {
            return "its target is in " + name + ", which " + module.name() + " does not export";
        }
        return read == null || read.contains(module.name())
                ? null
                : "its target is in " + module.name() + ", which the module of the file does not require";
    }

    private static boolean isExported(ModuleDescriptor module, String name) {
        for (Exports each : module.exports()) {
            if (each.source().equals(name) && !each.isQualified()) {
                return true;
            }
        }
        return false;
    }

    /// The modules that a module reads, also by `requires transitive`. An unreadable descriptor counts as none.
    private static @Nullable Set<String> read(Map<String, ModuleDescriptor> byName, byte[] moduleInfo) {
        ModuleDescriptor own;
        try {
            own = ModuleDescriptor.read(ByteBuffer.wrap(moduleInfo));
        } catch (InvalidModuleDescriptorException e) {
            return null;
        }
        Set<String> read = new HashSet<>(List.of(BASE));
        Deque<String> open = new ArrayDeque<>();
        own.requires().forEach(each -> open.add(each.name()));
        while (!open.isEmpty()) {
            String next = open.removeFirst();
            ModuleDescriptor module = read.add(next) ? byName.get(next) : null;
            if (module != null) {
                for (Requires each : module.requires()) {
                    if (each.modifiers().contains(Requires.Modifier.TRANSITIVE)) {
                        open.add(each.name());
                    }
                }
            }
        }
        return read;
    }
}
