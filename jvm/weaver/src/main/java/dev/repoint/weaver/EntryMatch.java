package dev.repoint.weaver;

import dev.repoint.Key;
import dev.repoint.KeyPattern;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;

/// Whether a selection contains the entry of a method.
enum EntryMatch {

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
    /// without wildcards.
    static EntryMatch of(Selection selection, Key key, MethodModel method) {
        EntryMatch annotated =
                selection.annotated() && !isMade(key, method.flags().flagsMask()) ? annotationOf(method) : NONE;
        return annotated == NONE ? named(selection, key, method.flags().flagsMask()) : annotated;
    }

    /// Looks only at the patterns of a selection.
    ///
    /// @param flags the access flags of the method
    static EntryMatch named(Selection selection, Key key, int flags) {
        boolean synthetic = isMade(key, flags);
        boolean bridge = (flags & ClassFile.ACC_BRIDGE) != 0;
        for (KeyPattern pattern : selection.patchable()) {
            if (pattern.matches(key) && (!synthetic || names(pattern, bridge))) {
                return CONSTANT;
            }
        }
        return NONE;
    }

    private static boolean isMade(Key key, int flags) {
        return (flags & ClassFile.ACC_SYNTHETIC) != 0 || key.name().equals("<clinit>");
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

    /// The mode in the annotation.
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
