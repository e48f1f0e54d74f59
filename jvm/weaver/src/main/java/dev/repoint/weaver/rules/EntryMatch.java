package dev.repoint.weaver.rules;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.outline.AccessFlags;
import dev.repoint.weaver.outline.AnnotatedFields;
import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.MethodView;

/// Whether a selection contains the entry of a method.
public enum EntryMatch {

    /// The selection does not contain it. Or only a wildcard matches it, and no programmer wrote the method.
    NONE,
    /// The selection contains it.
    CONSTANT,
    /// The selection contains it, and the annotation says [dev.repoint.Mode#POINTER].
    POINTER;

    /// Looks at one method.
    ///
    /// A method that a compiler made (a lambda body, an accessor, a bridge) matches only a pattern without
    /// wildcards. A bridge calls another method, mostly of the same name, and this method is patched itself. So for
    /// a bridge the pattern must also contain the parameter types. A class initialiser also matches only a pattern
    /// without wildcards. A method that only forwards does not match a pattern that is read as the source has it.
    public static EntryMatch of(Selection selection, Key key, ClassView view, MethodView method) {
        int flags = method.flags();
        boolean annotated = selection.annotated() && method.carries(AnnotatedFields.ANNOTATION) && !isMade(key, flags);
        if (!annotated) {
            return named(selection, key, view, method);
        }
        return method.enumIn(AnnotatedFields.ANNOTATION, "mode").equals("POINTER") ? POINTER : CONSTANT;
    }

    /// Looks only at the patterns of a selection.
    private static EntryMatch named(Selection selection, Key key, ClassView view, MethodView method) {
        int flags = method.flags();
        boolean synthetic = isMade(key, flags);
        boolean bridge = (flags & AccessFlags.BRIDGE) != 0;
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matches(key)
                    && (!synthetic || names(pattern, key, bridge))
                    && !CompiledForms.meansForwardee(pattern, view, method)) {
                return CONSTANT;
            }
        }
        return NONE;
    }

    private static boolean isMade(Key key, int flags) {
        return (flags & AccessFlags.SYNTHETIC) != 0 || key.name().equals("<clinit>");
    }

    private static boolean names(KeyPattern pattern, Key key, boolean bridge) {
        return pattern.isSpelledAs(key) && (!bridge || pattern.hasParameters());
    }
}
