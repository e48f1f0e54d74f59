package dev.repoint.weaver;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodBuilder;
import java.lang.classfile.MethodElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Applies a plan to a class in one pass. It copies everything that the plan does not change.
final class ClassWeaving implements ClassTransform {

    /// The maximum of `constant_pool_count` (JVMS 4.1).
    static final int MOST_CONSTANTS = 65_535;

    private final ClassModel model;
    private final ClassPlan plan;
    private final Phase phase;
    private final Bridges bridges;
    private final FieldBridges fieldBridges;
    private @Nullable ConstantPoolBuilder pool;

    ClassWeaving(ClassModel model, ClassPlan plan, Phase phase) {
        this.model = model;
        this.plan = plan;
        this.phase = phase;
        this.bridges = new Bridges(model);
        this.fieldBridges = new FieldBridges(model);
    }

    /// Whether the class needs more constants than a class file can have.
    boolean isTooLarge() {
        return pool != null && pool.size() > MOST_CONSTANTS;
    }

    @Override
    public void atStart(ClassBuilder builder) {
        pool = builder.constantPool();
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        MethodPlan method = element instanceof MethodModel declared ? plan.of(declared) : null;
        if (method == null) {
            builder.with(element);
            return;
        }
        builder.transformMethod(method.method(), new Rewrite(method, true));
        if (method.entry() && phase == Phase.LOAD) {
            addTwin(builder, method);
        }
    }

    @Override
    public void atEnd(ClassBuilder builder) {
        bridges.write(builder);
        fieldBridges.write(builder);
        if (WovenMark.formatOf(model) == 0) {
            builder.with(new WovenMark(WovenMark.FORMAT));
        }
    }

    private void addTwin(ClassBuilder builder, MethodPlan method) {
        MethodModel original = method.method();
        builder.withMethod(
                builder.constantPool()
                        .utf8Entry(Twins.nameOf(original.methodName().stringValue())),
                original.methodType(),
                Twins.flagsOf(original.flags().flagsMask()),
                new Twin(method));
    }

    private BodyTransform.Editor editor(MethodPlan method) {
        if (!method.sites() && !method.fields()) {
            return BodyTransform.Editor.NONE;
        }
        SiteJudge judge = new SiteJudge(model, method.sites() ? plan.refs() : SiteRefs.NONE, phase);
        FieldJudge fields = new FieldJudge(
                model, method.fields() ? plan.fields() : FieldRefs.NONE, plan.keyOf(method.method()), phase);
        if (phase == Phase.RETRANSFORM) {
            return new InPlaceEditor(judge, fields, model, method);
        }
        BodyTransform.Editor calls = method.sites() ? new BridgeEditor(judge, bridges) : BodyTransform.Editor.NONE;
        return method.fields() ? fieldBridges.editor(fields, method.body().maxLocals(), calls) : calls;
    }

    /// Rewrites the body of a method, and copies its other elements.
    private final class Rewrite implements MethodTransform {

        private final MethodPlan method;
        private final boolean withEntry;

        Rewrite(MethodPlan method, boolean withEntry) {
            this.method = method;
            this.withEntry = withEntry && method.entry();
        }

        @Override
        public void accept(MethodBuilder builder, MethodElement element) {
            if (element instanceof CodeAttribute body) {
                EntryPatch entry = withEntry ? method.entryPatch(model) : null;
                builder.transformCode(body, new BodyTransform(body, entry, editor(method)));
            } else {
                builder.with(element);
            }
        }
    }

    /// Writes the body of a method as the body of its twin, without its other elements.
    private final class Twin implements Consumer<MethodBuilder> {

        private final MethodPlan method;

        Twin(MethodPlan method) {
            this.method = method;
        }

        @Override
        public void accept(MethodBuilder builder) {
            new Rewrite(method, false).accept(builder, method.body());
        }
    }
}
