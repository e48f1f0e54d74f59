package dev.repoint.agent.patch;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.PatchablePoint;
import dev.repoint.SafeText;
import dev.repoint.Target;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.weave.DeclaredMembers;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.UnmatchedPatterns;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The targets of patchables from their first call on: the policies of the options, and the targets of later
/// requests for classes that are not loaded yet.
///
/// The runtime reads them when it links a patchable, in the thread of the first call. This thread gets no exception:
/// if a policy cannot be applied, this is logged, and the patchable keeps its default. Thread-safe.
public final class Policies implements Function<Key, Target.@Nullable Written> {

    private final LoadedClasses classes;
    private final LoadedPatchables patchables;
    private final TargetAccess targetAccess;
    private final TargetLoaders loaders;
    private final UnmatchedPatterns unmatched;
    private volatile List<Assigned> assigned = List.of();

    public Policies(LoadedClasses classes, ModuleAccess access, TargetLoaders loaders, UnmatchedPatterns unmatched) {
        this.classes = classes;
        this.patchables = new LoadedPatchables(access);
        this.targetAccess = new TargetAccess(access);
        this.loaders = loaders;
        this.unmatched = unmatched;
    }

    /// A policy with the class path of its target.
    ///
    /// @param policy the policy
    /// @param classpath absolute paths; empty if the program has the target
    public record Assigned(Policy policy, List<String> classpath) {

        /// The policies as fields of a request.
        public static List<String> fields(List<Assigned> policies) {
            List<String> fields = new ArrayList<>();
            for (Assigned each : policies) {
                fields.add(each.policy.key().text());
                fields.add(each.policy.target().toString());
                fields.add(Integer.toString(each.classpath.size()));
                fields.addAll(each.classpath);
            }
            return fields;
        }

        /// The policies from the fields that [#fields] returned.
        public static List<Assigned> listOf(List<String> fields) {
            List<Assigned> policies = new ArrayList<>();
            int at = 0;
            while (at < fields.size()) {
                int end = at + 3 + Integer.parseInt(fields.get(at + 2));
                Policy policy = new Policy(KeyPattern.parse(fields.get(at)), Target.parse(fields.get(at + 1)));
                policies.add(new Assigned(policy, List.copyOf(fields.subList(at + 3, end))));
                at = end;
            }
            return policies;
        }
    }

    /// Adds a policy. It replaces an earlier one for the same key.
    public synchronized void put(Policy policy, List<String> classpath) {
        List<Assigned> changed = new ArrayList<>(assigned);
        changed.removeIf(known -> known.policy().key().equals(policy.key()));
        changed.add(0, new Assigned(policy, List.copyOf(classpath)));
        assigned = List.copyOf(changed);
    }

    /// Removes the policies that satisfy a test.
    ///
    /// @return the removed policies
    public synchronized List<Policy> drop(Function<Policy, Boolean> test) {
        List<Assigned> changed = new ArrayList<>(assigned);
        List<Policy> dropped = new ArrayList<>();
        changed.removeIf(known -> test.apply(known.policy()) && dropped.add(known.policy()));
        assigned = List.copyOf(changed);
        return dropped;
    }

    /// Replaces all policies.
    public synchronized void replace(List<Assigned> policies) {
        assigned = List.copyOf(policies);
    }

    /// All policies, with the class paths of their targets.
    public List<Assigned> assigned() {
        return assigned;
    }

    /// All policies.
    public List<Policy> all() {
        return assigned.stream().map(Assigned::policy).toList();
    }

    /// The policy of a key, or null.
    @Nullable
    Policy of(Key key) {
        Assigned found = find(key);
        return found == null ? null : found.policy();
    }

    @Override
    public Target.@Nullable Written apply(Key key) {
        Assigned found = find(key);
        if (found == null) {
            return null;
        }
        Policy policy = found.policy();
        unmatched.see(key); // it may have been woven before it was loaded
        try {
            requireUnambiguous(policy, key);
            return found.classpath().isEmpty() ? open(policy, key) : set(found, key);
        } catch (PatchException | LinkageError e) {
            System.getLogger("dev.repoint")
                    .log(
                            System.Logger.Level.ERROR,
                            SafeText.of(key + " keeps its default: policy not applied: " + e.getMessage()));
            return null;
        }
    }

    private @Nullable Assigned find(Key key) {
        List<Assigned> now = assigned;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).policy().key().matches(key)) {
                return now.get(i);
            }
        }
        return null;
    }

    private Target.Written open(Policy policy, Key key) {
        if (policy.target() instanceof Target.Named) {
            for (Class<?> owner : classes.named(key.owner())) {
                targetAccess.open(policy.target(), owner.getClassLoader());
            }
        }
        return policy.target();
    }

    /// Sets the target directly, because the runtime would not find its class.
    private Target.@Nullable Written set(Assigned found, Key key) {
        for (Class<?> owner : classes.named(key.owner())) {
            ClassLoader loader = loaders.of(found.classpath(), owner.getClassLoader());
            targetAccess.open(found.policy().target(), loader);
            PatchablePoint patchable = patchables.get(owner, key);
            if (patchable.state().changes() == 0) {
                patchable.set(found.policy().target().in(loader));
            }
        }
        return null;
    }

    private void requireUnambiguous(Policy policy, Key key) {
        KeyPattern pattern = policy.key();
        if (pattern.hasParameters() || pattern.isOfFields()) {
            return;
        }
        for (Class<?> owner : classes.named(key.owner())) {
            List<Key> matching = DeclaredMembers.of(owner).matching(pattern);
            if (matching.size() > 1) {
                List<Key> candidates = matching.stream().sorted().toList();
                throw new PatchRefusal(
                        pattern + " is ambiguous; name one of " + String.join(", ", Key.texts(candidates)));
            }
        }
    }
}
