package dev.repoint.agent.patch;

import dev.repoint.ClassPattern;
import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.PatchException;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.weave.ClassFiles;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.LongRunningFrames;
import dev.repoint.agent.weave.Retransformer;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.weave.Weaver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes methods patchable: at their entry or, if this is impossible, at their calls.
///
/// Guarded by [PatchEngine].
public final class MethodPreparation {

    private final WeavePlan plan;
    private final Retransformer retransformer;
    private final LoadedClasses classes;
    private final ModuleAccess access;
    private final LoadedPatchables patchables;
    private final ClassFiles classFiles;

    public MethodPreparation(
            WeavePlan plan,
            Retransformer retransformer,
            LoadedClasses classes,
            ModuleAccess access,
            ClassFiles classFiles) {
        this.plan = plan;
        this.retransformer = retransformer;
        this.classes = classes;
        this.access = access;
        this.patchables = new LoadedPatchables(access);
        this.classFiles = classFiles;
    }

    /// Makes methods patchable.
    ///
    /// @param wanted the methods
    /// @param forced whether to change classes even if a running method would stay slow
    /// @return notes for the operator about some of them
    /// @throws PatchException if a method cannot be patched
    Map<Key, String> prepare(List<KeySearch.Found> wanted, boolean forced) {
        Map<Key, String> notes = new HashMap<>();
        Set<Class<?>> toChange = new LinkedHashSet<>();
        for (KeySearch.Found found : wanted) {
            requireIncluded(found.key());
            found.owners().stream()
                    .filter(owner ->
                            retransformer.refusal(owner) == null && patchables.find(owner, found.key()) == null)
                    .forEach(toChange::add);
        }
        List<String> slow = LongRunningFrames.require(toChange, forced);
        Map<Key, List<Class<?>>> unwoven = new HashMap<>();
        Map<Key, String> toCalls = new HashMap<>();
        for (KeySearch.Found found : wanted) {
            if (!found.isLoaded()) {
                prepareForLoading(found, toCalls);
                notes.put(found.key(), "when it is loaded");
            }
            List<Class<?>> missing = found.owners().stream()
                    .filter(owner -> patchables.find(owner, found.key()) == null)
                    .toList();
            if (!missing.isEmpty()) {
                unwoven.put(found.key(), missing);
                plan.addEntry(found.key());
            }
            if (plan.isAtCalls(found.key())) {
                notes.put(found.key(), "at its calls");
            }
        }
        weaveEntries(unwoven, toCalls);
        weaveCalls(toCalls, notes, forced);
        for (KeySearch.Found found : slow.isEmpty() ? List.<KeySearch.Found>of() : wanted) {
            notes.merge(found.key(), LongRunningFrames.note(slow), (before, added) -> before + ", " + added);
        }
        return notes;
    }

    private void requireIncluded(Key key) {
        ClassPattern excluding = plan.excluding(key.owner());
        if (excluding != null) {
            throw new PatchRefusal(key, " is excluded by the agent's option exclude=" + excluding);
        }
    }

    private void prepareForLoading(KeySearch.Found found, Map<Key, String> toCalls) {
        Key key = found.key();
        byte[] classFile = found.classFile();
        String refusal = null;
        if (classFile != null) {
            Selection selection = Selection.ofPatchable(List.of(KeyPattern.of(key)));
            Weaver alone = Weaver.of(selection, plan.sparedOf(found.loader(), selection));
            refusal = rejection(key, alone.weave(classFile, classFiles.from(found.loader()), Phase.LOAD));
        }
        if (refusal == null) {
            plan.addEntry(key);
        } else {
            toCalls.put(key, refusal);
        }
    }

    private void weaveEntries(Map<Key, List<Class<?>>> unwoven, Map<Key, String> toCalls) {
        Set<Class<?>> owners = new LinkedHashSet<>();
        unwoven.values().forEach(owners::addAll);
        Retransformer.Result result = retransformer.weave(owners);
        unwoven.forEach((key, missing) -> {
            for (Class<?> owner : missing) {
                String refusal = refusal(key, owner, result);
                if (refusal == null) {
                    access.link(owner, key);
                } else {
                    toCalls.put(key, refusal);
                }
            }
        });
    }

    /// The reason why the entry of a method was not woven, or null if it was.
    private @Nullable String refusal(Key key, Class<?> owner, Retransformer.Result result) {
        String fixed = retransformer.refusal(owner);
        if (fixed != null) {
            return fixed;
        }
        String failure = result.failures().get(owner);
        if (failure != null) {
            throw new PatchRefusal(key, " cannot be woven: " + failure);
        }
        WeaveResult woven = result.woven().get(owner);
        if (woven == null) {
            throw new PatchRefusal(key, " cannot be woven: its class file is malformed; the agent's report says more");
        }
        String rejection = rejection(key, woven);
        boolean isWoven = woven.entries().stream().map(PatchedEntry::key).anyMatch(key::equals);
        if (rejection == null && !isWoven) {
            throw new PatchRefusal(key, " cannot be woven: the weaver leaves its class alone");
        }
        return rejection;
    }

    private void weaveCalls(Map<Key, String> toCalls, Map<Key, String> notes, boolean forced) {
        if (toCalls.isEmpty()) {
            return;
        }
        Selection before = plan.selection();
        toCalls.keySet().forEach(plan::addCalls);
        List<Class<?>> callers = classes.callers();
        List<String> slow;
        try {
            slow = LongRunningFrames.require(callers, forced);
        } catch (PatchException e) {
            plan.restore(before);
            throw e;
        }
        toCalls.keySet().forEach(Weaving::declareSites);
        Retransformer.Result result = retransformer.weave(callers);
        if (!slow.isEmpty()) {
            toCalls.keySet()
                    .forEach(key -> notes.merge(key, LongRunningFrames.note(slow), (one, other) -> one + ", " + other));
        }
        toCalls.forEach(
                (key, reason) -> notes.merge(key, note(key, reason, result), (when, where) -> where + ", " + when));
    }

    private String note(Key key, String reason, Retransformer.Result result) {
        long callers = result.woven().values().stream()
                .filter(woven ->
                        woven.sites().stream().anyMatch(site -> site.key().equals(key)))
                .count();
        int advice = reason.indexOf("; patch its calls");
        return "at its calls, in " + callers + (callers == 1 ? " loaded class" : " loaded classes")
                + (plan.limitsCalls() ? " of those that in= names" : "") + " ("
                + (advice < 0 ? reason : reason.substring(0, advice)) + ")";
    }

    private static @Nullable String rejection(Key key, WeaveResult woven) {
        List<String> reasons = new ArrayList<>();
        for (Rejection rejection : woven.rejections()) {
            if (rejection.key().equals(key)) {
                reasons.add(rejection.reason());
            }
        }
        return reasons.isEmpty() ? null : reasons.get(0);
    }
}
