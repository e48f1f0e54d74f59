package dev.repoint.weaver;

import dev.repoint.Key;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The weaving of one class file that may hold something of interest: first a plan, then, if there is anything in it,
/// one pass over the class.
final class ClassWeaving implements ClassTransform {

    private final ClassModel model;
    private final Selection selection;
    private final Phase phase;
    private final Map<MethodModel, MethodPlan> plans = new IdentityHashMap<>();
    private final List<PatchedEntry> entries = new ArrayList<>();
    private final List<Site> sites = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    ClassWeaving(ClassModel model, Selection selection, Phase phase) {
        this.model = model;
        this.selection = selection;
        this.phase = phase;
    }

    /// Weaves.
    ///
    /// @param original the class file as it came, which is returned if nothing changes
    WeaveResult run(byte[] original) {
        int format = WovenMark.formatOf(model);
        if (format > WovenMark.FORMAT) {
            throw new WeaveException("the class has been woven by a later Repoint (format " + format
                    + "; this one knows up to " + WovenMark.FORMAT + "): weave the original, or update");
        }
        String owner = model.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : model.methods()) {
            plan(owner, method);
        }
        if (plans.isEmpty()) {
            return WeaveResult.unchanged(original, rejections);
        }
        byte[] woven = Parsing.CONTEXT.transformClass(model, this);
        return new WeaveResult(woven, true, entries, sites, rejections);
    }

    private void plan(String owner, MethodModel method) {
        Key key = new Key(
                owner,
                method.methodName().stringValue(),
                Descriptors.checked(method.methodType().stringValue()));
        EntryMatch match = EntryMatch.of(selection, key, method);
        if (match == EntryMatch.NONE || Woven.hasPrologue(model, method)) {
            return;
        }
        boolean twin = phase == Phase.LOAD;
        String refusal = EntryRules.refusal(model, method, twin);
        if (refusal != null) {
            rejections.add(new Rejection(key, refusal));
            return;
        }
        entries.add(new PatchedEntry(key, twin));
        plans.put(method, new MethodPlan(method, match, false));
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        MethodPlan plan = element instanceof MethodModel method ? plans.get(method) : null;
        if (plan == null) {
            builder.with(element);
            return;
        }
        builder.transformMethod(plan.method(), new Rewrite(plan, true));
        if (plan.entry() && phase == Phase.LOAD) {
            addTwin(builder, plan);
        }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
        if (WovenMark.formatOf(model) == 0) {
            builder.with(new WovenMark(WovenMark.FORMAT));
        }
    }

    private void addTwin(ClassBuilder builder, MethodPlan plan) {
        MethodModel method = plan.method();
        builder.withMethod(
                builder.constantPool().utf8Entry(Twins.nameOf(method.methodName().stringValue())),
                method.methodType(),
                Twins.flagsOf(method),
                twin -> new Rewrite(plan, false).accept(twin, plan.body()));
    }

    /// Rewrites the body of a method and passes everything else of it on.
    private final class Rewrite implements MethodTransform {

        private final MethodPlan plan;
        private final boolean withEntry;

        Rewrite(MethodPlan plan, boolean withEntry) {
            this.plan = plan;
            this.withEntry = withEntry && plan.entry();
        }

        @Override
        public void accept(MethodBuilder builder, MethodElement element) {
            if (element instanceof CodeAttribute body) {
                EntryPatch entry = withEntry ? plan.entryPatch(model) : null;
                builder.transformCode(body, new BodyTransform(body, entry, BodyTransform.Editor.NONE));
            } else {
                builder.with(element);
            }
        }
    }
}
