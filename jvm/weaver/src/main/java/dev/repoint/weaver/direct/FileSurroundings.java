package dev.repoint.weaver.direct;

import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.splice.ClassView;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// The classes of a file, and which of them extend which.
public final class FileSurroundings implements Surroundings {

    private final Map<String, Set<String>> below = new HashMap<>();
    private final Set<String> inside = new HashSet<>();
    private final boolean isClosed;
    private final ModuleRules modules;

    /// @param isClosed whether no class outside extends a class of the file
    /// @param modules what its module may use
    public FileSurroundings(boolean isClosed, ModuleRules modules) {
        this.isClosed = isClosed;
        this.modules = modules;
    }

    /// Adds a class of the file.
    ///
    /// @throws WeaveException if its class file is malformed
    public void add(byte[] classFile) {
        try {
            ClassFacts type = new ClassFacts(ClassView.of(classFile));
            inside.add(type.name());
            for (String each : type.supertypes()) {
                below.computeIfAbsent(each, none -> new TreeSet<>()).add(type.name());
            }
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new WeaveException("malformed class file: " + e.getMessage(), e);
        }
    }

    @Override
    public @Nullable Collection<String> subtypes(String internalName) {
        return below.getOrDefault(internalName, Set.of());
    }

    @Override
    public boolean isClosed() {
        return isClosed;
    }

    @Override
    public boolean isInside(String internalName) {
        return inside.contains(internalName);
    }

    @Override
    public @Nullable String obstacle(String caller, String target) {
        return isInside(target) ? null : modules.obstacle(target);
    }

    /// The same for classes that a class loader defines before those of the application: they see themselves and
    /// the JDK.
    ///
    /// @param seen the internal names of these classes
    public Surroundings before(List<String> seen) {
        Set<String> all = Set.copyOf(seen);
        FileSurroundings whole = this;
        return new Surroundings() {
            @Override
            public @Nullable Collection<String> subtypes(String internalName) {
                return whole.subtypes(internalName);
            }

            @Override
            public boolean isClosed() {
                return whole.isClosed();
            }

            @Override
            public boolean isInside(String internalName) {
                return whole.isInside(internalName);
            }

            @Override
            public @Nullable String obstacle(String caller, String target) {
                return isInside(target) && !all.contains(target)
                        ? "another class loader loads it, which does not see the application's classes"
                        : whole.obstacle(caller, target);
            }
        };
    }
}
