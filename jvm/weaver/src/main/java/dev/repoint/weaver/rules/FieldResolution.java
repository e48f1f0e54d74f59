package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.outline.AnnotatedFields;
import dev.repoint.weaver.outline.FieldMatch;
import dev.repoint.weaver.outline.Hierarchy;
import dev.repoint.weaver.outline.Member;
import dev.repoint.weaver.outline.Outline;
import dev.repoint.weaver.outline.Outlines;
import dev.repoint.weaver.splice.ClassView;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds the constants of one class that resolve to wanted fields.
public final class FieldResolution {

    private final ClassView view;
    private final Selection selection;
    private final boolean annotated;
    private final Hierarchy hierarchy;

    /// @param annotated whether used fields may carry the annotation
    public FieldResolution(ClassView view, Selection selection, boolean annotated, Outlines outlines) {
        this.view = view;
        this.selection = selection;
        this.annotated = annotated;
        this.hierarchy = new Hierarchy(Outline.of(view), outlines);
    }

    /// Reads the constant pool.
    public FieldRefs run() {
        Map<Integer, FieldRef> byIndex = new HashMap<>();
        for (int i = 1; i < view.poolSize(); i++) {
            FieldRef ref = view.tag(i) == ClassView.FIELD ? resolve(i) : null;
            if (ref != null) {
                byIndex.put(i, ref);
            }
        }
        boolean reflects = view.majorVersion() >= EntryRules.LEAST_VERSION && ReflectiveWrites.areIn(view);
        return new FieldRefs(byIndex, reflects);
    }

    private @Nullable FieldRef resolve(int constant) {
        String owner = view.memberOwner(constant);
        String name = view.memberName(constant);
        if (owner.startsWith("[") || OwnClasses.isNamedByWovenCode(owner)) {
            return null;
        }
        boolean mayBeNamed = mayBeNamed(name);
        if (!mayBeNamed && (!annotated || AnnotatedFields.isOfJdk(owner))) {
            return null;
        }
        String descriptor = view.memberType(constant);
        Member member = hierarchy.field(owner, name, descriptor);
        if (member.isFound() && FieldRules.refusal(member.flags()) != null) {
            return null; // said where it is declared
        }
        Key key = new Key(member.owner().replace('/', '.'), name, descriptor);
        if (selection.excludes(key.owner())) {
            return null;
        }
        FieldMatch match = match(key, member, mayBeNamed);
        return match == FieldMatch.NONE
                ? null
                : new FieldRef(
                        constant, owner.replace('/', '.'), key, match == FieldMatch.POINTER, refusal(descriptor));
    }

    private FieldMatch match(Key key, Member member, boolean mayBeNamed) {
        Outline declaring = annotated && member.isFound() ? hierarchy.find(member.owner()) : null;
        FieldMatch says = declaring == null ? FieldMatch.NONE : declaring.annotation(key.name(), key.descriptor());
        if (says == FieldMatch.NONE
                && mayBeNamed
                && FieldMatch.isNamed(selection.patchable(), key, member.isSynthetic())
                && (member.isFound() || isMeantAsField(key))) {
            return FieldMatch.CONSTANT;
        }
        return says;
    }

    /// Whether a pattern means a field that was not found, and not only everything of some classes: its class may belong to
    /// an optional library, and a bridge would name what the program does not have.
    private boolean isMeantAsField(Key key) {
        for (KeyPattern pattern : selection.patchable()) {
            if ((pattern.isExact() || pattern.isOfFields()) && pattern.matches(key)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayBeNamed(String name) {
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matchesFieldName(name)) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String refusal(String descriptor) {
        int version = view.majorVersion();
        String missing = hierarchy.missing(descriptor);
        if (missing != null) {
            return "class " + missing.replace('/', '.') + " is not found, and a bridge would name it";
        }
        return version < EntryRules.LEAST_VERSION
                ? "uses in " + view.name().replace('/', '.')
                        + " cannot be patched: class file version "
                        + version + " has no invokedynamic"
                : null;
    }
}
