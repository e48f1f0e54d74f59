package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.agent.control.Change;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The loaded classes whose class loaders find no runtime: what is to be patched in them gets one.
///
/// Thread-safe.
final class Bare {

    private final Instrumentation instrumentation;
    private final RuntimeSight sight;
    private final Deputies deputies;

    Bare(Instrumentation instrumentation, RuntimeSight sight, Deputies deputies) {
        this.instrumentation = instrumentation;
        this.sight = sight;
        this.deputies = deputies;
    }

    /// Gives a runtime to the loaders of the classes whose members are to be changed.
    ///
    /// @throws PatchException if one of them can get none, or has one that the agent cannot work for; then no
    ///     target has been set
    void serve(List<Change> changes) {
        for (Change change : changes) {
            KeyPattern key = KeyPattern.parse(change.key());
            for (Class<?> owner : loaded(name -> name.equals(key.owner()))) {
                if (DeclaredMembers.of(owner).matching(key).isEmpty()) {
                    continue; // the search for it will tell
                }
                String failure = failure(owner.getClassLoader());
                if (failure != null) {
                    throw new PatchException(key + " cannot be patched in " + owner.getClassLoader() + ": " + failure);
                }
            }
        }
    }

    /// Gives a runtime to the loaders of the classes that options select by name, where that can be done.
    void serve(Predicate<String> selected) {
        loaded(selected).forEach(owner -> failure(owner.getClassLoader()));
    }

    private List<Class<?>> loaded(Predicate<String> selected) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = each.getClassLoader();
            if (loader != null
                    && !Plan.isOfJdk(loader)
                    && !each.isArray()
                    && !each.isHidden()
                    && selected.test(each.getName())) {
                found.add(each);
            }
        }
        return found;
    }

    private @Nullable String failure(ClassLoader loader) {
        return switch (sight.of(loader)) {
            case OURS -> null;
            case ANOTHER -> deputies.failure(loader);
            case NONE -> {
                String failure = deputies.inject(loader);
                yield failure == null ? null : RuntimeSight.REASON + ": " + failure;
            }
        };
    }
}
