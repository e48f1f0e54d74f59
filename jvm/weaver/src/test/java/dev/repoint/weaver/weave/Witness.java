package dev.repoint.weaver.weave;

import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.weaver.inplace.Arguments;
import dev.repoint.weaver.inplace.Frames;
import dev.repoint.weaver.inplace.MethodShape;
import dev.repoint.weaver.inplace.Parsing;
import dev.repoint.weaver.inplace.PoolEntries;
import dev.repoint.weaver.rules.EntryMatch;
import dev.repoint.weaver.rules.LinkCalls;
import dev.repoint.weaver.rules.Twins;
import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.attribute.LineNumberInfo;
import java.lang.classfile.attribute.RuntimeInvisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleTypeAnnotationsAttribute;
import java.lang.classfile.attribute.StackMapFrameInfo;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.attribute.UnknownAttribute;
import java.lang.classfile.constantpool.InvokeDynamicEntry;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a plan by means of the class-file library, as a witness of the splicer: instruction by instruction, with
/// labels, and without a thought of offsets.
final class Witness {

    private final ClassModel model;
    private final ClassPlan plan;
    private final int fingerprint;
    private final WitnessBridges bridges;

    private Witness(ClassModel model, ClassPlan plan, int fingerprint) {
        this.model = model;
        this.plan = plan;
        this.fingerprint = fingerprint;
        this.bridges = new WitnessBridges(model);
    }

    /// The class after a plan.
    static byte[] write(byte[] classFile, ClassPlan plan) {
        ClassModel model = Parsing.CONTEXT.parse(classFile);
        return Parsing.CONTEXT.transformClass(
                model, new Witness(model, plan, ClassBytes.fingerprint(classFile)).transform());
    }

    private ClassTransform transform() {
        Map<MethodModel, MethodPlan> plans = new HashMap<>();
        plan.methods().forEach(each -> plans.put(model.methods().get(each.index()), each));
        return new ClassTransform() {
            @Override
            public void accept(ClassBuilder builder, java.lang.classfile.ClassElement element) {
                MethodPlan planned = element instanceof MethodModel method ? plans.get(method) : null;
                if (planned == null) {
                    builder.with(element);
                } else {
                    rewrite(builder, (MethodModel) element, planned);
                }
            }

            @Override
            public void atEnd(ClassBuilder builder) {
                bridges.write(builder);
            }
        };
    }

    private void rewrite(ClassBuilder builder, MethodModel method, MethodPlan planned) {
        builder.transformMethod(method, (target, element) -> {
            if (element instanceof CodeAttribute body) {
                target.transformCode(body, new Body(method, body, planned, planned.entry()));
            } else {
                target.with(element);
            }
        });
        if (planned.twin()) {
            builder.withMethod(
                    Twins.nameOf(method.methodName().stringValue()),
                    method.methodTypeSymbol(),
                    Twins.flagsOf(method.flags().flagsMask()),
                    target -> {
                        CodeAttribute body =
                                method.findAttribute(Attributes.code()).orElseThrow();
                        target.transformCode(body, new Body(method, body, planned, false));
                    });
        }
    }

    /// One body, with its prologue or without.
    private final class Body implements CodeTransform {

        private final MethodModel method;
        private final CodeAttribute body;
        private final MethodPlan planned;
        private final boolean withEntry;
        private final Map<Integer, UseOrder> orders = new HashMap<>();
        private final List<StackMapFrameInfo> frames = new ArrayList<>();
        private int bci;

        Body(MethodModel method, CodeAttribute body, MethodPlan planned, boolean withEntry) {
            this.method = method;
            this.body = body;
            this.planned = planned;
            this.withEntry = withEntry;
            planned.uses().forEach(use -> orders.put(use.bci(), use));
        }

        @Override
        public void atStart(CodeBuilder code) {
            body.findAttribute(Attributes.stackMapTable()).ifPresent(table -> frames.addAll(table.entries()));
            if (withEntry) {
                firstLine(code);
                MethodShape shape = MethodShape.of(model, method);
                String bootstrap = planned.match() == EntryMatch.POINTER
                        ? LinkCalls.ENTRIES.pointerBootstrap()
                        : LinkCalls.ENTRIES.bootstrap();
                var pool = code.constantPool();
                var linking = pool.bsmEntry(
                        pool.methodHandleEntry(
                                DirectMethodHandleDesc.Kind.STATIC.refKind,
                                PoolEntries.method(
                                        pool, LinkCalls.ENTRIES.owner(), bootstrap, LinkCalls.ENTRIES.bootstrapType())),
                        List.of(pool.stringEntry(method.methodType().stringValue()), pool.intEntry(fingerprint)));
                var question = pool.invokeDynamicEntry(
                        linking, pool.nameAndTypeEntry(method.methodName(), pool.utf8Entry("()Ljava/lang/Object;")));
                frames.add(prologue(code, question, shape, false));
            }
        }

        @Override
        public void accept(CodeBuilder code, CodeElement element) {
            UseOrder order = element instanceof Instruction ? orders.get(bci) : null;
            bci += element instanceof Instruction instruction ? instruction.sizeInBytes() : 0;
            if (order != null) {
                bridges.call(code, order, (Instruction) element);
                return;
            }
            switch (element) {
                case RuntimeVisibleTypeAnnotationsAttribute types ->
                    code.with(RuntimeVisibleTypeAnnotationsAttribute.of(types.annotations()));
                case RuntimeInvisibleTypeAnnotationsAttribute types ->
                    code.with(RuntimeInvisibleTypeAnnotationsAttribute.of(types.annotations()));
                case UnknownAttribute unknown -> throw new AssertionError(unknown);
                default -> code.with(element);
            }
        }

        @Override
        public void atEnd(CodeBuilder code) {
            if (!frames.isEmpty()) {
                code.with(StackMapTableAttribute.of(frames));
            }
        }

        private void firstLine(CodeBuilder code) {
            body.findAttribute(Attributes.lineNumberTable())
                    .flatMap(
                            table -> table.lineNumbers().stream().min(Comparator.comparingInt(LineNumberInfo::startPc)))
                    .ifPresent(first -> code.lineNumber(first.lineNumber()));
        }
    }

    /// Writes a prologue.
    ///
    /// @param mayBeNull whether the first argument is a receiver, and a call would refuse null
    /// @return the frame behind it
    static StackMapFrameInfo prologue(
            CodeBuilder code, InvokeDynamicEntry question, MethodShape shape, boolean mayBeNull) {
        var pool = code.constantPool();
        Label body = code.newLabel();
        code.invokedynamic(question).dup().ifnull(body);
        if (mayBeNull) {
            Arguments.refuseNull(code, 0);
        }
        code.checkcast(PoolEntries.type(pool, shape.interfaceName()));
        Arguments.load(code, shape, 0);
        code.invokeinterface(PoolEntries.call(pool, shape));
        if (shape.castsResult()) {
            code.checkcast(PoolEntries.type(pool, MethodShape.constantName(shape.result())));
        }
        TypeKind result = MethodShape.kind(shape.result());
        code.return_(result).labelBinding(body).pop();
        return StackMapFrameInfo.of(body, Frames.arguments(pool, shape), List.of(Frames.object(pool)));
    }
}
