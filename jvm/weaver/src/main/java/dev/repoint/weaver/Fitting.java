package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Applies as much of a plan as the constant pool of the class has space for: the first methods that fit.
///
/// A class file has at most 65,534 constants, and some large generated classes have nearly as many. To find out how
/// many constants a plan needs, this class applies it.
///
/// @param model the class
/// @param phase decides what the weaver may add
record Fitting(ClassModel model, Phase phase) {

    /// Weaves the methods that fit.
    ///
    /// @param classFile the unwoven class
    /// @param whole a plan that is not empty
    WeaveResult weave(byte[] classFile, ClassPlan whole) {
        byte[] woven = write(whole);
        if (woven != null) {
            return new WeaveResult(woven, true, whole.entries(), whole.sites(), whole.rejections());
        }
        WeaveResult most = new WeaveResult(
                classFile,
                false,
                List.of(),
                List.of(),
                whole.first(0, Rejection.FULL_POOL).rejections());
        int fits = 0;
        int tooMany = whole.size();
        while (tooMany - fits > 1) {
            int count = (fits + tooMany) >>> 1;
            ClassPlan plan = whole.first(count, Rejection.FULL_POOL);
            byte[] bytes = write(plan);
            if (bytes == null) {
                tooMany = count;
            } else {
                fits = count;
                most = new WeaveResult(bytes, true, plan.entries(), plan.sites(), plan.rejections());
            }
        }
        return most;
    }

    /// The class after a plan, or null if it would have too many constants.
    private byte @Nullable [] write(ClassPlan plan) {
        ClassWeaving weaving = new ClassWeaving(model, plan, phase);
        try {
            return Parsing.CONTEXT.transformClass(model, weaving);
        } catch (IllegalArgumentException e) {
            if (weaving.isTooLarge()) {
                return null;
            }
            throw e;
        }
    }
}
