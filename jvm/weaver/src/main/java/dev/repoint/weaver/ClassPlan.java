package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plan for one class: the changed methods, the patched sites, and the rejections with the reason.
final class ClassPlan {

    private final ClassModel model;
    private final Selection selection;
    private final Spared spared;
    private final Phase phase;
    private final String owner;
    private final SiteRefs refs;
    private final FieldRefs fields;
    private final Map<MethodModel, MethodPlan> methods = new IdentityHashMap<>();
    private final List<PatchedEntry> entries = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final Set<Rejection> rejections = new LinkedHashSet<>();

    /// Makes the plan.
    ///
    /// @param spared the methods that must stay unchanged
    /// @param annotated whether fields that the class uses may carry the annotation
    /// @throws WeaveException if the class was woven in another format
    ClassPlan(ClassModel model, Selection selection, Spared spared, boolean annotated, Outlines outlines, Phase phase) {
        WovenMark.requireSameFormat(WovenMark.formatOf(model));
        this.model = model;
        this.selection = selection;
        this.spared = spared;
        this.phase = phase;
        this.owner = model.thisClass().asInternalName().replace('/', '.');
        this.refs = selection.sites().isEmpty() || !selection.admitsCallsIn(owner)
                ? SiteRefs.NONE
                : new SiteResolution(model, selection.sites(), outlines).run();
        this.fields = annotated || selection.namesFields()
                ? new FieldResolution(model, selection, annotated, outlines).run()
                : FieldRefs.NONE;
        for (FieldModel field : model.fields()) {
            judge(field);
        }
        for (MethodModel method : model.methods()) {
            plan(method);
        }
    }

    /// A plan for only the first methods of another plan. It rejects the changes of the others.
    private ClassPlan(ClassPlan whole, int count, String reason) {
        this.model = whole.model;
        this.selection = whole.selection;
        this.phase = whole.phase;
        this.spared = whole.spared;
        this.owner = whole.owner;
        this.refs = whole.refs;
        this.fields = whole.fields;
        this.rejections.addAll(whole.rejections);
        Set<Key> left = new HashSet<>();
        int kept = 0;
        for (MethodModel method : model.methods()) {
            MethodPlan plan = whole.of(method);
            if (plan != null && kept < count) {
                methods.put(method, plan);
                kept++;
            } else if (plan != null) {
                left.add(keyOf(method));
            }
        }
        for (PatchedEntry entry : whole.entries) {
            if (left.contains(entry.key())) {
                rejections.add(new Rejection(entry.key(), reason));
            } else {
                entries.add(entry);
            }
        }
        for (Site site : whole.sites) {
            if (left.contains(site.in())) {
                rejections.add(
                        new Rejection(site.key(), reason + " (in " + site.in().text() + ")"));
            } else {
                sites.add(site);
            }
        }
    }

    /// The part of this plan for the first methods only.
    ///
    /// @param count the number of methods
    /// @param reason the reason for the rejection of the others
    ClassPlan first(int count, String reason) {
        return new ClassPlan(this, count, reason);
    }

    /// The number of changed methods.
    int size() {
        return methods.size();
    }

    /// Whether nothing changes.
    boolean isEmpty() {
        return methods.isEmpty();
    }

    /// The planned changes of a method, or null if it stays unchanged.
    @Nullable
    MethodPlan of(MethodModel method) {
        return methods.get(method);
    }

    /// The method constants whose uses are patched.
    SiteRefs refs() {
        return refs;
    }

    /// The field constants whose uses are patched.
    FieldRefs fields() {
        return fields;
    }

    /// The key of a method of the class.
    Key keyOf(MethodModel method) {
        return new Key(
                owner,
                method.methodName().stringValue(),
                Descriptors.checked(method.methodType().stringValue()));
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

    /// Rejects a field that was selected by name or by its annotation, and that cannot be patched.
    private void judge(FieldModel field) {
        String refusal = FieldRules.refusal(field.flags().flagsMask());
        if (refusal == null) {
            return;
        }
        Key key = new Key(
                owner, field.fieldName().stringValue(), field.fieldType().stringValue());
        boolean annotated = selection.annotated() && FieldMatch.annotationOf(field) != FieldMatch.NONE;
        if (annotated || isNamedAlone(key)) {
            rejections.add(new Rejection(key, refusal));
        }
    }

    /// Whether a pattern without wildcards matches a field and cannot match a method.
    private boolean isNamedAlone(Key key) {
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.isExact() && pattern.matches(key) && (pattern.isOfFields() || !declaresMethod(key.name()))) {
                return true;
            }
        }
        return false;
    }

    private boolean declaresMethod(String name) {
        for (MethodModel method : model.methods()) {
            if (method.methodName().equalsString(name)) {
                return true;
            }
        }
        return false;
    }

    private void plan(MethodModel method) {
        Key key = keyOf(method);
        EntryMatch match = plannedEntry(key, method);
        boolean withSites = hasPlannedSites(key, method, match);
        boolean withFields = hasPlannedFields(key, method, match);
        if (match != EntryMatch.NONE || withSites || withFields) {
            methods.put(method, new MethodPlan(method, match, withSites, withFields));
        }
    }

    private EntryMatch plannedEntry(Key key, MethodModel method) {
        EntryMatch match = EntryMatch.of(selection, key, method);
        if (match == EntryMatch.NONE || Woven.hasPrologue(model, method)) {
            return EntryMatch.NONE;
        }
        boolean twin = phase == Phase.LOAD;
        String reason = spared.reason(key);
        String refusal = reason == null ? EntryRules.refusal(new ModelFacts(model, method), twin) : reason;
        if (refusal != null) {
            rejections.add(new Rejection(key, refusal));
            return EntryMatch.NONE;
        }
        entries.add(new PatchedEntry(key, twin));
        return match;
    }

    private boolean hasPlannedSites(Key key, MethodModel method, EntryMatch match) {
        if (refs.isEmpty() || method.findAttribute(Attributes.code()).isEmpty() || Woven.isBridge(model, method)) {
            return false;
        }
        MethodPlan plan = new MethodPlan(method, match, true, false);
        SiteSearch search = new SiteSearch(key, plan.body(), new SiteJudge(model, refs, phase));
        rejections.addAll(search.rejections());
        if (search.sites().isEmpty()) {
            return false;
        }
        return isPlanned(key, plan, search.sites(), search.growth(phase));
    }

    private boolean hasPlannedFields(Key key, MethodModel method, EntryMatch match) {
        if (fields.isEmpty() || method.findAttribute(Attributes.code()).isEmpty() || Woven.isBridge(model, method)) {
            return false;
        }
        MethodPlan plan = new MethodPlan(method, match, false, true);
        FieldSearch search = new FieldSearch(key, plan.body(), new FieldJudge(model, fields, key, phase));
        rejections.addAll(search.rejections());
        return (!search.sites().isEmpty() || search.reflects())
                && isPlanned(key, plan, search.sites(), search.growth(phase));
    }

    private boolean isPlanned(Key key, MethodPlan plan, List<Site> found, int growth) {
        String reason = spared.reason(key);
        String refusal = reason == null ? refusalOfGrowth(plan, growth) : reason;
        if (refusal != null) {
            if (found.isEmpty()) {
                rejections.add(new Rejection(key, refusal + "; readers do not see its assignments by reflection"));
            }
            for (Site site : found) {
                rejections.add(new Rejection(site.key(), refusal + " (in " + key.text() + ")"));
            }
            return false;
        }
        if (!Woven.isTwin(model, plan.method())) {
            sites.addAll(found);
        }
        return true;
    }

    private @Nullable String refusalOfGrowth(MethodPlan plan, int growth) {
        int prologue = plan.entry() ? Prologue.length(plan.entryPatch(model).shape()) : 0;
        return growth == 0 ? null : CodeSize.refusal(new ModelFacts(model, plan.method()), prologue + growth);
    }
}
