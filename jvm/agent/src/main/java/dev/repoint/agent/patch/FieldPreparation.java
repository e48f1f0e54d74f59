package dev.repoint.agent.patch;

import dev.repoint.ClassPattern;
import dev.repoint.Key;
import dev.repoint.Mode;
import dev.repoint.PatchException;
import dev.repoint.agent.runtime.ModuleAccess;
import dev.repoint.agent.weave.LoadedClasses;
import dev.repoint.agent.weave.LongRunningFrames;
import dev.repoint.agent.weave.Retransformer;
import dev.repoint.agent.weave.WeavePlan;
import dev.repoint.internal.agent.Weaving;
import dev.repoint.internal.report.PatchRefusal;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes fields patchable: weaves the code that reads and assigns them in place.
///
/// If a method runs while its class is woven, it continues with its old code until it returns. If this code assigns
/// a field, its readers would not notice. So the field then moves to pointer mode: its readers read the field
/// itself.
///
/// Guarded by [PatchEngine].
public final class FieldPreparation {

    private final WeavePlan plan;
    private final LoadedClasses classes;
    private final LoadedPatchables patchables;

    public FieldPreparation(WeavePlan plan, LoadedClasses classes, ModuleAccess access) {
        this.plan = plan;
        this.classes = classes;
        this.patchables = new LoadedPatchables(access);
    }

    /// Makes fields patchable.
    ///
    /// @param wanted the fields
    /// @param forced whether to change classes even if a running method would stay slow
    /// @return notes for the operator about some of them
    /// @throws PatchException if a field cannot be patched; then nothing has been woven
    Map<Key, String> prepare(List<KeySearch.Found> wanted, boolean forced) {
        for (KeySearch.Found found : wanted) {
            requirePatchable(found);
        }
        Selection before = plan.selection();
        Map<Key, String> notes = new HashMap<>();
        Set<Key> added = new HashSet<>();
        for (KeySearch.Found found : wanted) {
            Weaving.declareSites(found.key());
            if (!plan.isSelected(found.key())) {
                plan.addEntry(found.key());
                added.add(found.key());
            }
            if (!found.isLoaded()) {
                notes.put(found.key(), "when it is loaded");
            }
        }
        if (!added.isEmpty()) {
            List<Class<?>> users = classes.users();
            List<String> slow;
            try {
                slow = LongRunningFrames.require(users, forced);
            } catch (PatchException e) {
                plan.restore(before);
                throw e;
            }
            Retransformer.Result woven = classes.weave(users);
            for (KeySearch.Found found : wanted) {
                if (added.contains(found.key()) && found.isLoaded()) {
                    notes.put(
                            found.key(),
                            settle(found, woven) + (slow.isEmpty() ? "" : ", " + LongRunningFrames.note(slow)));
                }
            }
        }
        return notes;
    }

    /// Reports where a field has been woven, and moves it to pointer mode if necessary.
    private String settle(KeySearch.Found found, Retransformer.Result woven) {
        Set<String> assigning = new HashSet<>();
        int users = 0;
        for (WeaveResult result : woven.woven().values()) {
            List<Site> sites = result.sites().stream()
                    .filter(site -> site.key().equals(found.key()))
                    .toList();
            users += sites.isEmpty() ? 0 : 1;
            for (Site site : sites) {
                if (site.kind().equals("putstatic")) {
                    assigning.add(site.in().owner() + "." + site.in().name());
                }
            }
        }
        String note = "in " + users + (users == 1 ? " loaded class" : " loaded classes");
        String runs = assigning.isEmpty() ? null : running(assigning);
        if (runs == null) {
            return note;
        }
        for (Class<?> owner : found.owners()) {
            patchables.get(owner, found.key()).mode(Mode.POINTER);
        }
        return note + ", in pointer mode as " + runs + " assigns it and is running";
    }

    /// One of these methods that a thread is running, or null.
    private static @Nullable String running(Set<String> methods) {
        for (StackTraceElement[] stack : Thread.getAllStackTraces().values()) {
            for (StackTraceElement frame : stack) {
                String method = frame.getClassName() + "." + frame.getMethodName();
                if (methods.contains(method)) {
                    return method;
                }
            }
        }
        return null;
    }

    private void requirePatchable(KeySearch.Found found) {
        Key key = found.key();
        ClassPattern excluding = plan.excluding(key.owner());
        if (excluding != null) {
            throw new PatchRefusal(key, " is excluded by the agent's option exclude=" + excluding);
        }
        for (int flags : flags(found)) {
            if (!Modifier.isStatic(flags)) {
                throw new PatchRefusal(key, " cannot be patched: it is not static");
            }
            if (Modifier.isFinal(flags)) {
                throw new PatchRefusal(key, " cannot be patched: it is final, and compiled code has its value already");
            }
        }
    }

    private static List<Integer> flags(KeySearch.Found found) {
        List<Integer> flags = new ArrayList<>();
        for (Class<?> owner : found.owners()) {
            try {
                flags.add(owner.getDeclaredField(found.key().name()).getModifiers());
            } catch (NoSuchFieldException | LinkageError e) {
                throw new PatchRefusal(found.key(), " cannot be read: " + e, e);
            }
        }
        byte[] classFile = found.classFile();
        if (classFile != null) {
            for (FieldView field : ClassView.of(classFile).fields()) {
                if (field.name().equals(found.key().name())) {
                    flags.add(field.flags());
                }
            }
        }
        return flags;
    }
}
