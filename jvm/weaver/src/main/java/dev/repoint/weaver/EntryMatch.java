package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.reflect.AccessFlag;

/// Whether a selection asks for the entry of a method.
enum EntryMatch {

    /// It does not ask for it, or only because a wildcard happens to cover something that no programmer wrote.
    NONE,
    /// It does.
    CONSTANT,
    /// It does, and the annotation says [dev.repoint.Mode#POINTER].
    POINTER;

    /// Looks at one method.
    ///
    /// What a compiler made (lambda bodies, accessors, bridges) counts only where a pattern without wildcards
    /// names it. A bridge calls the method that it stands for, which is patched itself, and mostly shares its
    /// name; so for a bridge the pattern must give parameter types as well. A class initialiser too counts only
    /// when it is named.
    static EntryMatch of(Selection selection, Key key, MethodModel method) {
        boolean synthetic =
                method.flags().has(AccessFlag.SYNTHETIC) || key.name().equals("<clinit>");
        EntryMatch annotated = selection.annotated() && !synthetic ? annotationOf(method) : NONE;
        if (annotated != NONE) {
            return annotated;
        }
        boolean bridge = method.flags().has(AccessFlag.BRIDGE);
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matches(key) && (!synthetic || names(pattern, bridge))) {
                return CONSTANT;
            }
        }
        return NONE;
    }

    private static boolean names(KeyPattern pattern, boolean bridge) {
        return pattern.isExact() && (!bridge || pattern.hasParameters());
    }

    private static EntryMatch annotationOf(MethodModel method) {
        RuntimeVisibleAnnotationsAttribute annotations =
                method.findAttribute(Attributes.runtimeVisibleAnnotations()).orElse(null);
        if (annotations == null) {
            return NONE;
        }
        for (Annotation annotation : annotations.annotations()) {
            if (annotation.className().equalsString("Ldev/repoint/Patchable;")) {
                return modeOf(annotation);
            }
        }
        return NONE;
    }

    /// The mode that the annotation says.
    static EntryMatch modeOf(Annotation annotation) {
        for (AnnotationElement element : annotation.elements()) {
            if (element.name().equalsString("mode")
                    && element.value() instanceof AnnotationValue.OfEnum mode
                    && mode.constantName().equalsString("POINTER")) {
                return POINTER;
            }
        }
        return CONSTANT;
    }
}
