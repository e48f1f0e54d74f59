package dev.repoint.weaver.weave;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.Phase;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.Spared;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.WeaveResult;
import dev.repoint.weaver.outline.AnnotatedFields;
import dev.repoint.weaver.outline.Needles;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.outline.RawPool;
import dev.repoint.weaver.rules.Interest;
import dev.repoint.weaver.rules.TwinRules;
import dev.repoint.weaver.splice.ClassView;
import java.util.List;

/// Rewrites class files, so that everything that a [Selection] names can be patched.
///
/// It turns bytes into bytes: it loads no class and writes no file. If the constant pool of a class contains nothing
/// of interest, it returns the same array after one pass over the pool. It does not change woven code, so a second
/// run changes nothing. For the same bytes the result is always the same.
///
/// Immutable and thread-safe.
public final class Weaver {

    private final Selection selection;
    private final Spared spared;
    private final Interest interest;

    private Weaver(Selection selection, Spared spared) {
        this.selection = selection;
        this.spared = spared;
        this.interest = new Interest(selection);
    }

    /// A weaver.
    ///
    /// @param selection what to weave
    /// @return a weaver for it
    public static Weaver of(Selection selection) {
        return of(selection, Spared.NONE);
    }

    /// A weaver that does not change some methods.
    ///
    /// @param selection what to weave
    /// @param spared the methods that must stay unchanged, although they are selected
    /// @return a weaver for the rest
    public static Weaver of(Selection selection, Spared spared) {
        return new Weaver(selection, spared);
    }

    /// Weaves one class.
    ///
    /// @param classFile the class file; not changed
    /// @param classes the source of other classes, to resolve calls
    /// @param phase decides what the weaver may add to the class
    /// @return the result; its bytes are the same array if nothing changed
    /// @throws WeaveException if the class file is malformed, or was woven by a later version; the message gives the
    ///     offset and the value, if known
    public WeaveResult weave(byte[] classFile, ClassSource classes, Phase phase) {
        RawPool pool = RawPool.read(classFile, interest.needles());
        if (!interest.concerns(pool, classes)) {
            return WeaveResult.unchanged(classFile);
        }
        try {
            ClassView view = pool.view();
            boolean annotated = selection.annotated() && AnnotatedFields.mayBeUsedBy(pool, classes);
            TwinRules twins = new TwinRules(view, (pool.found() & Needles.STACK) != 0);
            ClassPlan plan = new ClassPlan(view, selection, spared, annotated, new Outlines(classes), phase, twins);
            return plan.methods().isEmpty()
                    ? new WeaveResult(classFile, false, List.of(), List.of(), plan.rejections())
                    : new Fitting(classFile, view, phase).weave(plan);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            WeaveException.requireKnown(classFile);
            throw WeaveException.failed(pool.thisClass(), e);
        }
    }
}
