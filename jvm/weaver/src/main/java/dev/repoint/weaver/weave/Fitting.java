package dev.repoint.weaver.weave;

import dev.repoint.internal.classfile.ClassBytes;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Rejection;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.rules.EntryMatch;
import dev.repoint.weaver.rules.LinkCalls;
import dev.repoint.weaver.rules.Twins;
import dev.repoint.weaver.rules.WovenMark;
import dev.repoint.weaver.splice.Additions;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.EntryOrder;
import dev.repoint.weaver.splice.EntrySplicer;
import dev.repoint.weaver.splice.MethodView;
import dev.repoint.weaver.splice.UseOrder;
import dev.repoint.weaver.splice.UseSplicer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Applies as much of a plan as the constant pool of the class has space for: the first methods that fit.
///
/// A class file has at most 65,534 constants, and some large generated classes have nearly as many. To find out how
/// many constants a plan needs, this class applies it.
///
/// @param classFile the class file; not changed
/// @param view its structure
/// @param phase decides what the weaver may add
@SuppressWarnings("ArrayRecordComponent") // never compared
record Fitting(byte[] classFile, ClassView view, Phase phase) {

    /// Weaves the methods that fit.
    ///
    /// @param whole a plan that is not empty
    WeaveResult weave(ClassPlan whole) {
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
        int tooMany = whole.methods().size();
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
        if (!plan.hasUses()) {
            return splice(plan, view, new Additions(view));
        }
        if (phase == Phase.RETRANSFORM) {
            byte[] changed = changeInPlace(plan);
            ClassView changedView = changed == null
                    ? null
                    : RawPool.read(changed, new Needles()).view();
            return changedView == null ? null : splice(plan, changedView, new Additions(changedView));
        }
        view.useCopyOf(classFile);
        Additions additions = new Additions(view);
        UseSplicer uses = new UseSplicer(additions, WovenMark.PREFIX);
        for (MethodPlan method : plan.methods()) {
            for (UseOrder use : method.uses()) {
                uses.replace(method.method(), use);
            }
        }
        return splice(plan, view, additions);
    }

    /// The class with changed instructions. Only this needs the class-file library, which knows no later Java.
    private byte @Nullable [] changeInPlace(ClassPlan plan) {
        WeaveException.requireKnown(classFile);
        Map<Integer, List<UseOrder>> uses = new HashMap<>();
        for (MethodPlan method : plan.methods()) {
            uses.put(method.index(), method.uses());
        }
        return InPlaceChoice.ofThisJvm().weave(classFile, uses);
    }

    /// Adds the prologues.
    ///
    /// @param current the class, with or without changed instructions
    private byte @Nullable [] splice(ClassPlan plan, ClassView current, Additions additions) {
        List<EntryOrder> orders = new ArrayList<>(plan.methods().size());
        for (MethodPlan planned : plan.methods()) {
            if (planned.entry()) {
                MethodView method = current.methods()[planned.index()];
                int twinFlags = planned.twin() ? Twins.flagsOf(method.flags()) : 0;
                orders.add(new EntryOrder(method, planned.match() == EntryMatch.POINTER, twinFlags));
            }
        }
        return new EntrySplicer(additions, LinkCalls.ENTRIES, ClassBytes.fingerprint(classFile))
                .splice(orders, plan.format() != 0);
    }
}
