package dev.repoint.agent.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.direct.DirectClass;
import dev.repoint.weaver.direct.DirectKey;
import dev.repoint.weaver.direct.DirectScope;
import dev.repoint.weaver.direct.LeftCall;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/// Points calls at their targets while the calling classes are loaded. Their targets cannot change later.
///
/// Calls in the JDK stay as they are, and so do those in classes that were loaded before. Thread-safe.
public final class DirectCalls {

    private static final int MOST = 10;

    private final ClassFiles classFiles;

    /// Guarded by this.
    private final List<Policy> policies = new ArrayList<>();
    /// Guarded by this.
    private final Map<String, State> states = new TreeMap<>();
    /// The classes that were changed as they were loaded. Guarded by this.
    private final Map<ClassLoader, Set<String>> changed = new WeakHashMap<>();

    /// What happened to the calls of a key.
    private static final class State {
        private String target = "";
        private int pointed;
        private int left;
        private final SortedSet<String> reasons = new TreeSet<>();

        private void reason(String text) {
            if (reasons.size() < MOST) {
                reasons.add(text);
            }
        }
    }

    /// The calls of a key.
    ///
    /// @param key the method
    /// @param target what its calls reach
    /// @param pointed the number of calls that were pointed at the target
    /// @param left the number of those that could not be
    public record Row(String key, String target, int pointed, int left) {}

    public DirectCalls(ClassFiles classFiles) {
        this.classFiles = classFiles;
    }

    /// Adds changes.
    ///
    /// @param instrumentation knows the classes that are loaded already; null in a secondary agent, which points
    ///     nothing
    /// @return the keys that loaded classes call, with the classes: one line each
    public List<String> add(List<Policy> added, @Nullable Instrumentation instrumentation) {
        synchronized (this) {
            for (Policy each : added) {
                if (!policies.contains(each)) {
                    policies.add(each);
                }
            }
        }
        return instrumentation == null ? List.of() : loadedBefore(added, instrumentation);
    }

    /// Points the calls of a class.
    ///
    /// @param isLoaded whether the class is loaded already: its calls change only if they did at its load
    /// @return the class file; the given array if nothing changes
    byte[] point(
            @Nullable Module module, @Nullable ClassLoader loader, String name, boolean isLoaded, byte[] classFile) {
        if (loader == null || JdkClasses.areOf(loader) || isLoaded && !wasChanged(loader, name)) {
            return classFile;
        }
        List<Policy> now = policies();
        try {
            if (!DirectScope.mayUse(classFile, now)) {
                return classFile;
            }
            DirectScope scope = new DirectScope(now, classFiles.from(loader), new ProgramSurroundings(module));
            DirectClass result = scope.point(classFile);
            if (!isLoaded) {
                record(loader, name, result, scope.keys());
            }
            return result.bytes();
        } catch (WeaveException e) {
            return classFile; // the JVM says what is wrong with the class
        }
    }

    /// The change that points the calls of a key elsewhere, or null.
    ///
    /// @param key without wildcards
    public @Nullable Policy of(KeyPattern key) {
        for (Policy each : policies()) {
            if (each.key().owner().equals(key.owner())
                    && each.key().name().equals(key.name())
                    && each.key().mayHaveTypesOf(key)) {
                return each;
            }
        }
        return null;
    }

    /// The keys with the number of their calls.
    public synchronized List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        states.forEach((key, state) -> {
            if (state.pointed + state.left > 0) {
                rows.add(new Row(key, state.target, state.pointed, state.left));
            }
        });
        return rows;
    }

    /// What the user of the options has to know at the end: calls that still reach a key, and keys without calls.
    public synchronized List<String> remarks() {
        List<String> lines = new ArrayList<>();
        states.forEach((key, state) ->
                state.reasons.forEach(reason -> lines.add("agent option 'direct': " + key + ": " + reason)));
        for (Policy each : policies) {
            boolean isUsed = states.entrySet().stream()
                    .anyMatch(state -> each.key().equals(KeyPattern.parse(state.getKey()))
                            || isOf(each, KeyPattern.parse(state.getKey())));
            if (!isUsed) {
                lines.add("agent option 'direct': no loaded class calls " + each.key());
            }
        }
        return lines;
    }

    private static boolean isOf(Policy policy, KeyPattern key) {
        return policy.key().owner().equals(key.owner())
                && policy.key().name().equals(key.name())
                && policy.key().mayHaveTypesOf(key);
    }

    private synchronized List<Policy> policies() {
        return List.copyOf(policies);
    }

    private synchronized boolean wasChanged(ClassLoader loader, String name) {
        return changed.getOrDefault(loader, Set.of()).contains(name);
    }

    private synchronized void record(ClassLoader loader, String name, DirectClass result, List<DirectKey> keys) {
        if (result.isChanged()) {
            changed.computeIfAbsent(loader, none -> new HashSet<>()).add(name);
        }
        result.pointed().forEach(each -> state(each.key()).pointed++);
        for (LeftCall each : result.left()) {
            State state = state(each.site().key());
            state.left++;
            String line = each.site().line() < 0 ? "" : " line " + each.site().line();
            state.reason("the call in " + each.site().in() + line + " stays: " + each.reason());
        }
        for (DirectKey each : keys) {
            State state = states.get(each.key().text());
            Key target = each.target();
            if (state != null && target != null) {
                state.target = target.text();
                each.unseen().forEach(state::reason);
            }
        }
    }

    private State state(Key key) {
        return states.computeIfAbsent(key.text(), none -> new State());
    }

    private List<String> loadedBefore(List<Policy> added, Instrumentation instrumentation) {
        Map<Key, SortedSet<String>> callers = new TreeMap<>();
        for (Class<?> each : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = each.getClassLoader();
            boolean isOurs = OwnClasses.isOursInternal(ClassFiles.internalName(each));
            if (loader == null || JdkClasses.areOf(loader) || each.isArray() || each.isHidden() || isOurs) {
                continue;
            }
            byte[] classFile = ClassFiles.read(loader, ClassFiles.internalName(each));
            if (classFile != null) {
                calls(added, loader, classFile)
                        .forEach(key -> callers.computeIfAbsent(key, none -> new TreeSet<>())
                                .add(each.getName()));
            }
        }
        List<String> lines = new ArrayList<>();
        callers.forEach((key, names) -> lines.add("agent option 'direct': calls of " + key
                + " in classes that are loaded already stay: "
                + String.join(", ", names.stream().limit(MOST).toList())
                + (names.size() > MOST ? " and " + (names.size() - MOST) + " more" : "")
                + "; start the program with the option"));
        return lines;
    }

    private Set<Key> calls(List<Policy> added, ClassLoader loader, byte[] classFile) {
        Set<Key> keys = new HashSet<>();
        try {
            if (DirectScope.mayUse(classFile, added)) {
                DirectClass result =
                        new DirectScope(added, classFiles.from(loader), new ProgramSurroundings(null)).point(classFile);
                result.pointed().forEach(each -> keys.add(each.key()));
                result.left().forEach(each -> keys.add(each.site().key()));
            }
        } catch (WeaveException e) {
            return keys; // it was loaded, so it is not damaged: another agent made it
        }
        return keys;
    }
}
