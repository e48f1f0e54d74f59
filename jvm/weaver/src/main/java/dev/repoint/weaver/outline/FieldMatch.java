package dev.repoint.weaver.outline;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import dev.repoint.weaver.Selection;
import dev.repoint.weaver.splice.FieldView;
import java.util.List;

/// Whether a selection contains a field.
public enum FieldMatch {

    /// The selection does not contain the field.
    NONE,
    /// The selection contains the field.
    CONSTANT,
    /// The selection contains the field, and the annotation says [dev.repoint.Mode#POINTER].
    POINTER;

    /// Looks at a declared field.
    public static FieldMatch of(Selection selection, Key key, FieldView field) {
        FieldMatch annotated = selection.annotated() ? annotationOf(field) : NONE;
        return annotated == NONE && isNamed(selection.patchable(), key, (field.flags() & AccessFlags.SYNTHETIC) != 0)
                ? CONSTANT
                : annotated;
    }

    /// Whether a pattern matches a field. A field made by a compiler matches only a pattern without wildcards.
    public static boolean isNamed(List<KeyPattern> patterns, Key key, boolean synthetic) {
        for (KeyPattern pattern : patterns) {
            if (pattern.matches(key) && (!synthetic || pattern.isExact())) {
                return true;
            }
        }
        return false;
    }

    /// The content of the annotation of a field.
    public static FieldMatch annotationOf(FieldView field) {
        if (!field.carries(AnnotatedFields.ANNOTATION)) {
            return NONE;
        }
        return field.enumIn(AnnotatedFields.ANNOTATION, "mode").equals("POINTER") ? POINTER : CONSTANT;
    }
}
