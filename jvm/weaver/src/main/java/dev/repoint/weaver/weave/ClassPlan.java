package dev.repoint.weaver.weave;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.PatchedEntry;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Site;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.Descriptors;
import dev.repoint.weaver.outline.FieldMatch;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.rules.BodyUses;
import dev.repoint.weaver.rules.CodeSize;
import dev.repoint.weaver.rules.CompiledForms;
import dev.repoint.weaver.rules.EntryMatch;
import dev.repoint.weaver.rules.EntryRules;
import dev.repoint.weaver.rules.FieldRefs;
import dev.repoint.weaver.rules.FieldResolution;
import dev.repoint.weaver.rules.FieldRules;
import dev.repoint.weaver.rules.SiteRefs;
import dev.repoint.weaver.rules.SiteResolution;
import dev.repoint.weaver.rules.TwinRules;
import dev.repoint.weaver.rules.UseSearch;
import dev.repoint.weaver.rules.ViewFacts;
import dev.repoint.weaver.rules.Woven;
import dev.repoint.weaver.rules.WovenLength;
import dev.repoint.weaver.rules.WovenMark;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MethodView;
import dev.repoint.weaver.splice.UseOrder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The plan for one class: the changed methods, the patched sites, and the rejections with the reason.
public final class ClassPlan {

    private final ClassView view;
    private final Selection selection;
    private final Spared spared;
    private final Phase phase;
    private final TwinRules twins;
    private final String owner;
    private final int format;
    private final List<MethodPlan> methods = new ArrayList<>();
    private final List<PatchedEntry> entries = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();
    /// Whether uses were rejected: a method may use another one several times.
    private boolean rejectsUses;

    /// Makes the plan.
    ///
    /// @param spared the methods that must stay unchanged
    /// @param annotated whether fields that the class uses may carry the annotation
    /// @param outlines the outlines of the classes that it names
    /// @param twins decides which methods keep a twin
    /// @throws WeaveException if the class was woven in another format
    ClassPlan(
            ClassView view,
            Selection selection,
            Spared spared,
            boolean annotated,
            Outlines outlines,
            Phase phase,
            TwinRules twins) {
        this.format = view.twoBytesOf(WovenMark.NAME);
        WovenMark.requireSameFormat(format);
        this.view = view;
        this.selection = selection;
        this.spared = spared;
        this.phase = phase;
        this.twins = twins;
        this.owner = view.name().replace('/', '.');
        for (FieldView field : view.fields()) {
            judge(field);
        }
        UseSearch search = search(annotated, outlines);
        MethodView[] all = view.methods();
        for (int i = 0; i < all.length; i++) {
            plan(i, all[i], search);
        }
    }

    /// A plan for only the first methods of another plan. It rejects the changes of the others.
    private ClassPlan(ClassPlan whole, int count, String reason) {
        this.view = whole.view;
        this.selection = whole.selection;
        this.spared = whole.spared;
        this.phase = whole.phase;
        this.twins = whole.twins;
        this.owner = whole.owner;
        this.format = whole.format;
        this.rejections.addAll(whole.rejections);
        this.rejectsUses = true;
        this.methods.addAll(whole.methods.subList(0, count));
        Set<Key> left = new HashSet<>();
        for (MethodPlan plan : whole.methods.subList(count, whole.methods.size())) {
            left.add(plan.key());
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

    /// The changed methods, in the order of the class.
    List<MethodPlan> methods() {
        return methods;
    }

    /// The format of the class, or 0 if it is not woven.
    int format() {
        return format;
    }

    /// Whether uses of methods or fields are patched.
    boolean hasUses() {
        for (MethodPlan method : methods) {
            if (!method.uses().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    List<PatchedEntry> entries() {
        return entries;
    }

    List<Site> sites() {
        return sites;
    }

    List<Rejection> rejections() {
        return List.copyOf(rejectsUses ? new LinkedHashSet<>(rejections) : rejections);
    }

    /// A search for the uses of wanted methods and fields, or null if the class uses none.
    private @Nullable UseSearch search(boolean annotated, Outlines outlines) {
        SiteRefs refs = selection.sites().isEmpty() || !selection.admitsCallsIn(owner)
                ? SiteRefs.NONE
                : new SiteResolution(view, selection.sites(), outlines).run();
        FieldRefs fields = annotated || selection.namesFields()
                ? new FieldResolution(view, selection, annotated, outlines).run()
                : FieldRefs.NONE;
        return refs.isEmpty() && fields.isEmpty() ? null : new UseSearch(view, refs, fields, phase);
    }

    /// Rejects a field that was selected by name or by its annotation, and that cannot be patched.
    private void judge(FieldView field) {
        String refusal = FieldRules.refusal(field.flags());
        if (refusal == null || !selection.annotated() && !selection.namesFields()) {
            return;
        }
        Key key = new Key(owner, field.name(), field.descriptor());
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
        for (MethodView method : view.methods()) {
            if (method.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private void plan(int index, MethodView method, @Nullable UseSearch search) {
        Key key = new Key(owner, method.name(), Descriptors.checked(method));
        EntryMatch match = plannedEntry(key, method);
        List<UseOrder> uses = search == null || method.codeLength() < 0 || isBridge(method)
                ? List.of()
                : plannedUses(key, method, match, search);
        if (match != EntryMatch.NONE || !uses.isEmpty()) {
            boolean twin = match != EntryMatch.NONE && hasTwin(method);
            methods.add(new MethodPlan(index, method, key, match, twin, uses));
        }
    }

    private EntryMatch plannedEntry(Key key, MethodView method) {
        EntryMatch match = EntryMatch.of(selection, key, view, method);
        if (match == EntryMatch.NONE || Woven.hasPrologue(method)) {
            return EntryMatch.NONE;
        }
        boolean twin = hasTwin(method);
        String reason = spared.reason(key);
        String refusal = reason == null ? CompiledForms.refusal(selection, key, view, method) : reason;
        refusal = refusal == null ? EntryRules.refusal(new ViewFacts(view, method), twin) : refusal;
        if (refusal != null) {
            rejections.add(new Rejection(key, refusal));
            return EntryMatch.NONE;
        }
        entries.add(new PatchedEntry(key, twin));
        return match;
    }

    private boolean hasTwin(MethodView method) {
        return phase == Phase.LOAD && twins.needsTwin(method);
    }

    private List<UseOrder> plannedUses(Key key, MethodView method, EntryMatch match, UseSearch search) {
        BodyUses calls = new BodyUses(key, method);
        BodyUses ofFields = new BodyUses(key, method);
        search.run(method, calls, ofFields);
        int prologue = match == EntryMatch.NONE ? 0 : WovenLength.ofPrologue(key.descriptor(), isStatic(method));
        boolean withCalls = isPlanned(method, calls, prologue);
        int growth = withCalls ? calls.growth() : 0;
        boolean withFields = isPlanned(method, ofFields, prologue + growth);
        if (withCalls && withFields) {
            List<UseOrder> both = new ArrayList<>(calls.orders());
            both.addAll(ofFields.orders());
            return both;
        }
        return withCalls ? calls.orders() : withFields ? ofFields.orders() : List.of();
    }

    private boolean isPlanned(MethodView method, BodyUses uses, int before) {
        rejectsUses |= !uses.rejections().isEmpty();
        rejections.addAll(uses.rejections());
        if (uses.orders().isEmpty()) {
            return false;
        }
        Key key = uses.in();
        String reason = spared.reason(key);
        String refusal = reason == null && uses.growth() > 0
                ? CodeSize.refusal(new ViewFacts(view, method), before + uses.growth())
                : reason;
        if (refusal != null) {
            rejectsUses = true;
            if (uses.sites().isEmpty()) {
                rejections.add(new Rejection(key, refusal + "; readers do not see its assignments by reflection"));
            }
            for (Site site : uses.sites()) {
                rejections.add(new Rejection(site.key(), refusal + " (in " + key.text() + ")"));
            }
            return false;
        }
        if (format == 0 || !Woven.isTwin(view, method)) {
            sites.addAll(uses.sites());
        }
        return true;
    }

    private boolean isBridge(MethodView method) {
        return format != 0 && Woven.isBridge(view, method);
    }

    private static boolean isStatic(MethodView method) {
        return (method.flags() & AccessFlags.STATIC) != 0;
    }
}
