package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What is to become of one class: which methods change, which sites are patched, what is left and why.
final class ClassPlan {

    private final ClassModel model;
    private final Selection selection;
    private final Phase phase;
    private final String owner;
    private final SiteRefs refs;
    private final Map<MethodModel, MethodPlan> methods = new IdentityHashMap<>();
    private final List<PatchedEntry> entries = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final Set<Rejection> rejections = new LinkedHashSet<>();

    /// Makes the plan.
    ///
    /// @throws WeaveException if the class was woven by a later version
    ClassPlan(ClassModel model, Selection selection, Outlines outlines, Phase phase) {
        int format = WovenMark.formatOf(model);
        if (format > WovenMark.FORMAT) {
            throw new WeaveException("the class has been woven by a later Repoint (format " + format
                    + "; this one knows up to " + WovenMark.FORMAT + "): weave the original, or update");
        }
        this.model = model;
        this.selection = selection;
        this.phase = phase;
        this.owner = model.thisClass().asInternalName().replace('/', '.');
        this.refs = selection.sites().isEmpty() || !selection.admitsCallsIn(owner)
                ? SiteRefs.NONE
                : new SiteResolution(model, selection.sites(), outlines).run();
        for (MethodModel method : model.methods()) {
            plan(method);
        }
    }

    /// Whether nothing changes.
    boolean isEmpty() {
        return methods.isEmpty();
    }

    /// What is to become of a method, or null if it stays as it is.
    @Nullable MethodPlan of(MethodModel method) {
        return methods.get(method);
    }

    /// The constants whose use is patched.
    SiteRefs refs() {
        return refs;
    }

    List<PatchedEntry> entries() {
        return entries;
    }

    List<Site> sites() {
        return sites;
    }

    List<Rejection> rejections() {
        return List.copyOf(rejections);
    }

    private void plan(MethodModel method) {
        Key key = new Key(
                owner, method.methodName().stringValue(), Descriptors.checked(method.methodType().stringValue()));
        EntryMatch match = plannedEntry(key, method);
        boolean withSites = hasPlannedSites(key, method, match);
        if (match != EntryMatch.NONE || withSites) {
            methods.put(method, new MethodPlan(method, match, withSites));
        }
    }

    private EntryMatch plannedEntry(Key key, MethodModel method) {
        EntryMatch match = EntryMatch.of(selection, key, method);
        if (match == EntryMatch.NONE || Woven.hasPrologue(model, method)) {
            return EntryMatch.NONE;
        }
        boolean twin = phase == Phase.LOAD;
        String refusal = EntryRules.refusal(model, method, twin);
        if (refusal != null) {
            rejections.add(new Rejection(key, refusal));
            return EntryMatch.NONE;
        }
        entries.add(new PatchedEntry(key, twin));
        return match;
    }

    private boolean hasPlannedSites(Key key, MethodModel method, EntryMatch match) {
        if (refs.isEmpty()
                || method.findAttribute(Attributes.code()).isEmpty()
                || Woven.isBridge(model, method)) {
            return false;
        }
        MethodPlan plan = new MethodPlan(method, match, true);
        SiteSearch search = new SiteSearch(key, plan.body(), new SiteJudge(model, refs, phase));
        rejections.addAll(search.rejections());
        if (search.sites().isEmpty()) {
            return false;
        }
        String refusal = refusalOfGrowth(plan, search);
        if (refusal != null) {
            for (Site site : search.sites()) {
                rejections.add(new Rejection(site.key(), refusal + " (in " + key.text() + ")"));
            }
            return false;
        }
        if (!Woven.isTwin(model, method)) {
            sites.addAll(search.sites());
        }
        return true;
    }

    private @Nullable String refusalOfGrowth(MethodPlan plan, SiteSearch search) {
        int growth = search.growth(phase);
        int prologue = plan.entry() ? Prologue.length(plan.entryPatch(model).shape()) : 0;
        return growth == 0 ? null : CodeSize.refusal(plan.body(), prologue + growth);
    }
}
