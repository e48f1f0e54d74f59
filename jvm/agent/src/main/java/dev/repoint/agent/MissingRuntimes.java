package dev.repoint.agent;

import dev.repoint.KeyPattern;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.runtime.RuntimeVisibility;
import dev.repoint.agent.weave.DeclaredMembers;
import dev.repoint.agent.weave.JdkClasses;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Gives a runtime to class loaders that find none, if their loaded classes will be patched.
///
/// Thread-safe.
final class MissingRuntimes {

    private final Instrumentation instrumentation;
    private final RuntimeVisibility visibility;
    private final SecondaryAgents secondaries;

    MissingRuntimes(Instrumentation instrumentation, RuntimeVisibility visibility, SecondaryAgents secondaries) {
        this.instrumentation = instrumentation;
        this.visibility = visibility;
        this.secondaries = secondaries;
    }

    /// Gives a runtime to the loaders of the classes of the given members.
    ///
    /// @throws PatchException if a loader can get none, or has one that does not work with this agent; then no
    ///     target has been set
    void supplyFor(List<Change> changes) {
        for (Change change : changes) {
            KeyPattern key = KeyPattern.parse(change.key());
            for (Class<?> owner : loaded(name -> name.equals(key.owner()))) {
                if (DeclaredMembers.of(owner).matching(key).isEmpty()) {
                    continue; // the search for it will tell
                }
                String failure = failure(owner.getClassLoader());
                if (failure != null) {
                    throw new PatchRefusal(key + " cannot be patched in " + owner.getClassLoader() + ": " + failure);
                }
            }
        }
    }

    /// Gives a runtime to the loaders of the classes that options select by name, if possible.
    void supplyFor(Predicate<String> selected) {
        loaded(selected).forEach(owner -> failure(owner.getClassLoader()));
    }

    private List<Class<?>> loaded(Predicate<String> selected) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = each.getClassLoader();
            if (loader != null
                    && !JdkClasses.areOf(loader)
                    && !each.isArray()
                    && !each.isHidden()
                    && selected.test(each.getName())) {
                found.add(each);
            }
        }
        return found;
    }

    private @Nullable String failure(ClassLoader loader) {
        return switch (visibility.of(loader)) {
            case OURS -> null;
            case ANOTHER -> secondaries.failure(loader);
            case NONE -> {
                String failure = secondaries.inject(loader);
                yield failure == null ? null : RuntimeVisibility.REASON + ": " + failure;
            }
        };
    }
}
