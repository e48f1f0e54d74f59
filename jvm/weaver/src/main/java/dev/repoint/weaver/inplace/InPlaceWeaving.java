package dev.repoint.weaver.inplace;

import dev.repoint.weaver.splice.UseOrder;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ConstantPoolBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Patches uses in place, in a class that can get no bridges. Offsets move, so this needs the class-file library.
final class InPlaceWeaving implements ClassTransform {

    /// The maximum of `constant_pool_count` (JVMS 4.1).
    private static final int MOST_CONSTANTS = 65_535;

    private final ClassModel model;
    private final Map<Integer, List<UseOrder>> uses;
    private @Nullable ConstantPoolBuilder pool;
    private int index;

    private InPlaceWeaving(ClassModel model, Map<Integer, List<UseOrder>> uses) {
        this.model = model;
        this.uses = uses;
    }

    /// Patches uses.
    ///
    /// @param classFile the class file; not changed
    /// @param uses the orders for each method, by its number in the class
    /// @return null if the class would have too many constants
    static byte @Nullable [] weave(byte[] classFile, Map<Integer, List<UseOrder>> uses) {
        ClassModel model = Parsing.CONTEXT.parse(classFile);
        InPlaceWeaving weaving = new InPlaceWeaving(model, uses);
        try {
            return Parsing.CONTEXT.transformClass(model, weaving);
        } catch (IllegalArgumentException e) {
            if (weaving.pool != null && weaving.pool.size() > MOST_CONSTANTS) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public void atStart(ClassBuilder builder) {
        pool = builder.constantPool();
    }

    @Override
    public void accept(ClassBuilder builder, ClassElement element) {
        if (!(element instanceof MethodModel)) {
            builder.with(element);
            return;
        }
        MethodModel method = (MethodModel) element;
        List<UseOrder> orders = uses.get(index++);
        if (orders == null || orders.isEmpty()) {
            builder.with(element);
        } else {
            builder.transformMethod(method, rewriting(method, orders));
        }
    }

    private MethodTransform rewriting(MethodModel method, List<UseOrder> ofMethod) {
        Map<Integer, UseOrder> orders = new HashMap<>();
        for (UseOrder use : ofMethod) {
            orders.put(use.bci(), use);
        }
        return (builder, element) -> {
            if (element instanceof CodeAttribute) {
                CodeAttribute body = (CodeAttribute) element;
                InPlaceEditor editor = new InPlaceEditor(model, method, body, orders);
                builder.transformCode(body, new BodyTransform(body, editor));
            } else {
                builder.with(element);
            }
        };
    }
}
