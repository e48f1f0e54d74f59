package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.util.List;

/// Rewrites class files so that what a [Selection] names can be patched.
///
/// Bytes in, bytes out: no class is loaded, nothing is written. A class whose constant pool holds nothing of
/// interest is returned as it came, after one walk over that pool. What was woven before is left, so weaving a
/// second time changes nothing. The result of weaving the same bytes is the same, always.
///
/// Immutable and thread-safe.
public final class Weaver {

    private final Selection selection;
    private final Spared spared;
    private final Interest interest;
    private final EntrySplicing splicing;

    private Weaver(Selection selection, Spared spared) {
        this.selection = selection;
        this.spared = spared;
        this.interest = new Interest(selection);
        this.splicing = new EntrySplicing(selection, spared, interest);
    }

    /// A weaver.
    ///
    /// @param selection what to weave
    /// @return a weaver for it
    public static Weaver of(Selection selection) {
        return of(selection, Spared.NONE);
    }

    /// A weaver that leaves some methods as they are.
    ///
    /// @param selection what to weave
    /// @param spared what not to weave though it is selected
    /// @return a weaver for the rest
    public static Weaver of(Selection selection, Spared spared) {
        return new Weaver(selection, spared);
    }

    /// Weaves one class.
    ///
    /// @param classFile the class file; not written to
    /// @param classes where other classes are found, to see which method a call means
    /// @param phase what may be added to the class
    /// @return what became of it; its bytes are the given array if nothing changed
    /// @throws WeaveException if the class file is malformed, or was woven by a later version; the message
    ///     names the offset and the value where that is known
    public WeaveResult weave(byte[] classFile, ClassSource classes, Phase phase) {
        RawPool pool = RawPool.read(classFile, interest.needles());
        if (!interest.concerns(pool, classes)) {
            return WeaveResult.unchanged(classFile);
        }
        try {
            WeaveResult spliced = splicing.suits(pool, classes) ? splicing.weave(classFile, pool, phase) : null;
            if (spliced != null) {
                return spliced;
            }
            ClassModel model = Parsing.parse(classFile);
            boolean annotated = selection.annotated() && AnnotatedFields.mayBeUsedBy(pool, classes);
            ClassPlan plan = new ClassPlan(model, selection, spared, annotated, new Outlines(classes), phase);
            if (plan.isEmpty()) {
                return new WeaveResult(classFile, false, List.of(), List.of(), plan.rejections());
            }
            return new Fitting(model, phase).weave(classFile, plan);
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException | ClassCastException e) {
            throw Parsing.failed(pool.thisClass(), e);
        }
    }
}
