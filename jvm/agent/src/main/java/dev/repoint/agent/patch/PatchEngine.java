package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.Patch;
import dev.repoint.PatchException;
import dev.repoint.PatchableMethod;
import dev.repoint.PatchablePoint;
import dev.repoint.Target;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.weave.DirectCalls;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.Suggestion;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.internal.targets.Capability;
import dev.repoint.weaver.Caveat;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.scan.Caveats;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sets the targets of patchables by their keys in the whole program: in every loaded class with the name, and in
/// those that load later.
///
/// A patch has these steps. Before the last one it can still be refused as a whole:
///
/// 1. Find the keys.
/// 2. Check the targets.
/// 3. Weave in place what is not patchable yet.
/// 4. Set the targets, all at one moment.
///
/// One patch at a time. Thread-safe.
public final class PatchEngine {

    private static final int REPEATS = 3;

    private final MethodPreparation preparation;
    private final FieldPreparation fields;
    private final Policies policies;
    private final LoadedClasses classes;
    private final KeySearch search;
    private final LoadedPatchables patchables;
    private final TargetAccess targetAccess;
    private final TargetLoaders loaders;
    private volatile @Nullable DirectCalls direct;

    public PatchEngine(
            MethodPreparation preparation,
            FieldPreparation fields,
            Policies policies,
            LoadedClasses classes,
            ModuleAccess access,
            TargetLoaders loaders) {
        this.preparation = preparation;
        this.fields = fields;
        this.policies = policies;
        this.classes = classes;
        this.search = new KeySearch(classes);
        this.patchables = new LoadedPatchables(access);
        this.targetAccess = new TargetAccess(access);
        this.loaders = loaders;
    }

    /// Calls that were pointed elsewhere ask for no target, so their keys are refused.
    public void know(DirectCalls calls) {
        direct = calls;
    }

    private void requireAsked(KeyPattern key) {
        DirectCalls calls = direct;
        Policy policy = calls == null ? null : calls.of(key);
        if (policy != null) {
            throw new PatchRefusal(policy.key() + ": the agent's option 'direct' points its calls at "
                    + policy.target() + " when their classes are loaded, so they ask for no other target; use"
                    + " 'policy' instead of 'direct'");
        }
    }

    /// One change of a patch.
    private record Wanted(KeySearch.Found found, Target.Written target) {
        Key key() {
            return found.key();
        }
    }

    /// One patchable of a change, in one class loader, with its earlier target.
    private record Part(Supplier<String> now, String before) {}

    /// Applies a patch. If classes with these names load meanwhile, too early to be woven and too late to be found,
    /// it applies the patch again.
    ///
    /// @param changes at least one
    /// @param classpath absolute paths of jars and folders that the program does not have
    /// @param forced    whether to change classes even if a running method would stay slow
    /// @return the result of each change
    /// @throws PatchException if a change is refused; then nothing has changed
    public synchronized List<Outcome> set(List<Change> changes, List<String> classpath, boolean forced) {
        List<Wanted> wanted = find(changes); // 1
        List<Outcome> outcomes = make(wanted, classpath, forced);
        for (int i = 0; i < REPEATS; i++) {
            List<Wanted> now = find(changes);
            boolean overtaken = false;
            for (int each = 0; each < now.size(); each++) {
                overtaken |= !wanted.get(each)
                        .found
                        .owners()
                        .containsAll(now.get(each).found.owners());
            }
            if (!overtaken) {
                break;
            }
            make(now, classpath, true);
            wanted = now;
        }
        return outcomes;
    }

    /// Checks a patch, as [#set] does before it changes anything.
    ///
    /// @throws PatchException if a change is refused
    public synchronized void check(List<Change> changes, List<String> classpath) {
        requireFitting(find(changes), classpath);
    }

    /// Makes the target that wraps the default of a method.
    public interface Wrapper {

        /// What reports call the target.
        String name();

        /// The target.
        ///
        /// @param key of the method, as text
        /// @return a handle whose first parameter is the default, the others those of the method, the receiver first
        MethodHandle around(String key, PatchableMethod method, boolean hasReceiver);
    }

    /// A method whose calls reach a target that wraps the default.
    ///
    /// @param key of the method, as text
    /// @param change how often its target had changed when it was wrapped
    public record Wrapped(String key, PatchableMethod method, long change) {}

    /// Wraps the defaults of loaded methods, all at one moment, in every class loader. Classes that load later are left
    /// alone.
    ///
    /// @param keys at least one
    /// @param forced whether to change classes even if a running method would stay slow
    /// @return what [#unwrap] takes
    /// @throws PatchException if a key names no loaded method, or one that leads elsewhere; then nothing has changed
    public synchronized List<Wrapped> wrap(List<String> keys, Wrapper wrapper, boolean forced) {
        List<Wanted> wanted =
                find(keys.stream().map(key -> new Change(key, "default")).toList());
        for (Wanted each : wanted) {
            if (each.key().isField()) {
                throw new PatchRefusal(each.key(), " is a field; name a method");
            }
            if (!each.found.isLoaded()) {
                throw new PatchRefusal(
                        each.key(), ": its class is not loaded yet, so nothing calls it; try again later");
            }
        }
        Map<Key, String> unused = prepare(wanted, forced);
        Patch patch = new Patch();
        Map<PatchableMethod, String> methods = new LinkedHashMap<>();
        for (Wanted each : wanted) {
            for (Class<?> owner : each.found.owners()) {
                PatchableMethod method = (PatchableMethod) patchables.get(owner, each.key());
                if (!method.isDefault()) {
                    throw new PatchRefusal(
                            each.key(),
                            " leads to " + method.targetName() + "; reset it first, or observe that method");
                }
                boolean hasReceiver = method.type().parameterCount()
                        > MethodTypeDesc.ofDescriptor(each.key().descriptor()).parameterCount();
                MethodHandle around = wrapper.around(each.found.text(), method, hasReceiver);
                patch.set(method, Target.around(wrapper.name(), around));
                methods.put(method, each.found.text());
            }
        }
        patch.apply();
        List<Wrapped> wrapped = new ArrayList<>();
        methods.forEach((method, key) ->
                wrapped.add(new Wrapped(key, method, method.state().changes())));
        return wrapped;
    }

    /// Gives methods their defaults back, unless somebody has set another target meanwhile.
    ///
    /// @param wrapped what [#wrap] gave
    public synchronized void unwrap(List<Wrapped> wrapped) {
        Patch patch = new Patch();
        boolean isEmpty = true;
        for (Wrapped each : wrapped) {
            if (each.method.state().changes() == each.change) {
                patch.set(each.method, Target.DEFAULT);
                isEmpty = false;
            }
        }
        if (!isEmpty) {
            patch.apply();
        }
    }

    /// Finds the locations of keys.
    ///
    /// @return a location for each key, in the same order
    public synchronized List<KeyLocation> locate(List<String> keys) {
        List<KeyLocation> locations = new ArrayList<>();
        for (String key : keys) {
            try {
                requireAsked(KeyPattern.parse(key));
                boolean isLoaded = search.find(key).isLoaded();
                locations.add(new KeyLocation(isLoaded ? KeyLocation.Place.LOADED : KeyLocation.Place.FILE, ""));
            } catch (PatchException e) {
                DirectCalls calls = direct;
                boolean isLoaded = calls != null && calls.of(KeyPattern.parse(key)) != null
                        || search.mayBeLoaded(KeyPattern.parse(key));
                locations.add(new KeyLocation(
                        isLoaded ? KeyLocation.Place.REFUSED : KeyLocation.Place.ABSENT,
                        String.valueOf(e.getMessage())));
            }
        }
        return locations;
    }

    /// The patterns that match a patchable.
    public synchronized List<String> matching(List<String> patterns, KnownPatchables known) {
        List<KnownPatchables.Row> rows = known.rows();
        return patterns.stream()
                .filter(text -> rows.stream().anyMatch(row -> row.matches(KeyPattern.parse(text))))
                .toList();
    }

    /// Sets targets for classes that find another runtime and load later.
    ///
    /// @param key the key in the form of an outcome
    public synchronized void assign(Change change, String key, List<String> classpath) {
        KeyPattern pattern = KeyPattern.parse(key);
        Target.Written target = Target.parse(change.target());
        List<Policy> unused = policies.drop(known -> known.key().equals(pattern));
        if (!(target instanceof Target.Default)) {
            policies.put(new Policy(pattern, target), classpath);
        }
    }

    private void requireFitting(List<Wanted> wanted, List<String> classpath) {
        for (Wanted each : wanted) {
            for (Class<?> owner : each.found.owners()) {
                ClassLoader loader = loaders.of(classpath, owner.getClassLoader());
                targetAccess.open(each.target, loader);
                Capability.check(owner, each.key(), each.target, loader); // 2
            }
        }
    }

    private List<Outcome> make(List<Wanted> wanted, List<String> classpath, boolean forced) {
        if (wanted.size() > 1) {
            requireFitting(wanted, classpath);
        }
        Map<Key, String> notes = prepare(wanted, forced); // 3
        for (Wanted each : wanted) {
            if (!(each.target instanceof Target.Default)) {
                caveats(each.found).forEach(text -> notes.merge(each.key(), text, (one, other) -> one + "; " + other));
            }
        }
        Patch patch = new Patch();
        Map<Key, List<Part>> parts = new HashMap<>();
        for (Wanted each : wanted) {
            parts.put(each.key(), add(each, classpath, patch));
        }
        patch.apply(); // 4
        List<Outcome> outcomes = new ArrayList<>();
        for (Wanted each : wanted) {
            List<Part> changed = parts.getOrDefault(each.key(), List.of());
            outcomes.add(outcome(each, changed, notes.getOrDefault(each.key(), "")));
        }
        for (Wanted each : wanted) {
            assign(each, classpath);
        }
        return outcomes;
    }

    /// The calls that the patch of a method does not reach.
    private static List<String> caveats(KeySearch.Found found) {
        byte[] classFile = found.key().isField() ? null : found.original();
        if (classFile == null) {
            return List.of();
        }
        try {
            return Caveats.of(classFile, found.key()::equals).stream()
                    .map(Caveat::text)
                    .toList();
        } catch (WeaveException e) {
            return List.of(); // nothing that a patch needs
        }
    }

    private Map<Key, String> prepare(List<Wanted> wanted, boolean forced) {
        List<KeySearch.Found> ofFields = new ArrayList<>();
        List<KeySearch.Found> ofMethods = new ArrayList<>();
        for (Wanted each : wanted) {
            (each.key().isField() ? ofFields : ofMethods).add(each.found);
        }
        Map<Key, String> notes = new HashMap<>(fields.prepare(ofFields, forced));
        notes.putAll(preparation.prepare(ofMethods, forced));
        return notes;
    }

    /// Resets patchables.
    ///
    /// @param patterns patterns of keys; empty for all
    /// @return the results, ordered by key: patchables with another target than their default, and those that were
    ///     named
    /// @throws PatchException if a pattern matches nothing; then nothing has changed
    public synchronized List<Outcome> reset(List<KeyPattern> patterns, KnownPatchables known) {
        List<KnownPatchables.Row> rows = known.rows();
        patterns.stream().filter(KeyPattern::isExact).forEach(this::requireAsked);
        for (KeyPattern pattern : patterns) {
            if (rows.stream().noneMatch(row -> row.matches(pattern))) {
                throw new PatchRefusal(
                        "no patchable matches '" + pattern + "'" + Suggestion.of(known.nearest(pattern)));
            }
        }
        List<KnownPatchables.Row> matching = rows.stream()
                .filter(row -> patterns.isEmpty() || patterns.stream().anyMatch(row::matches))
                .toList();
        policies.drop(policy -> patterns.isEmpty() || matching.stream().anyMatch(row -> row.isOf(policy)));
        List<Outcome> outcomes = new ArrayList<>();
        Map<Key, String> texts = KnownPatchables.texts(rows);
        for (KnownPatchables.Row row : matching) {
            boolean named = patterns.stream().anyMatch(pattern -> pattern.isExact() && row.matches(pattern));
            if (!row.isDefault() || named) {
                outcomes.add(new Outcome(row.keyText(texts), row.target(), "default", row.noteAfterReset()));
            }
        }
        Set<Key> set = new HashSet<>();
        matching.stream()
                .filter(row -> !row.isDefault())
                .forEach(row -> row.key().ifPresent(set::add));
        Patch patch = new Patch();
        for (Key key : set) {
            for (Class<?> owner : classes.named(key.owner())) {
                PatchablePoint patchable = patchables.find(owner, key);
                if (patchable != null) {
                    patch.set(patchable, Target.DEFAULT);
                }
            }
        }
        patch.apply();
        return outcomes;
    }

    private List<Wanted> find(List<Change> changes) {
        List<Wanted> wanted = new ArrayList<>();
        Set<Key> keys = new HashSet<>();
        for (Change change : changes) {
            requireAsked(KeyPattern.parse(change.key()));
            Wanted found = new Wanted(search.find(change.key()), Target.parse(change.target()));
            if (!keys.add(found.key())) {
                throw new PatchRefusal(found.key(), " is named twice; give it one target");
            }
            wanted.add(found);
        }
        return wanted;
    }

    /// Adds a change to a patch, in every class loader.
    private List<Part> add(Wanted wanted, List<String> classpath, Patch patch) {
        List<Part> parts = new ArrayList<>();
        for (Class<?> owner : wanted.found.owners()) {
            PatchablePoint patchable = patchables.get(owner, wanted.key());
            ClassLoader loader = loaders.of(classpath, owner.getClassLoader());
            targetAccess.open(wanted.target, loader);
            patch.set(patchable, wanted.target.in(loader));
            parts.add(new Part(patchable::targetName, patchable.targetName()));
        }
        return parts;
    }

    private Outcome outcome(Wanted wanted, List<Part> changed, String note) {
        if (!wanted.found.isLoaded()) {
            Policy before = policies.of(wanted.key());
            String target = before == null ? "default" : before.target().toString();
            return new Outcome(wanted.found.text(), target, wanted.target.toString(), note);
        }
        Part last = changed.get(changed.size() - 1);
        String where =
                changed.size() == 1 ? "" : (note.isEmpty() ? "" : ", ") + "in " + changed.size() + " class loaders";
        return new Outcome(wanted.found.text(), last.before, last.now.get(), note + where);
    }

    /// Sets the same target for classes with this name that load from now on.
    private void assign(Wanted wanted, List<String> classpath) {
        Policy policy = new Policy(KeyPattern.parse(wanted.found.text()), wanted.target);
        policies.drop(known -> known.key().matches(wanted.key()));
        if (!(wanted.target instanceof Target.Default)) {
            policies.put(policy, classpath);
        }
    }
}
