package dev.repoint.weaver.outline;

import dev.repoint.weaver.splice.ClassView;
import dev.repoint.weaver.splice.FieldView;
import dev.repoint.weaver.splice.MethodView;
import java.lang.reflect.Modifier;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The data of a class that resolution needs: its supertypes, and its members with their flags.
///
/// @param name internal name
/// @param superName internal name of the superclass, or null for `java/lang/Object`
/// @param interfaces internal names of the direct superinterfaces
/// @param isInterface whether it is an interface
/// @param methods access flags of the declared methods, by name and descriptor
/// @param fields access flags of the declared fields, by name and descriptor
/// @param annotated the annotations [dev.repoint.Patchable] of the declared fields, by name and descriptor
public record Outline(
        String name,
        @Nullable String superName,
        List<String> interfaces,
        boolean isInterface,
        Map<String, Integer> methods,
        Map<String, Integer> fields,
        Map<String, FieldMatch> annotated) {

    /// The outline of a class.
    public static Outline of(ClassView view) {
        Map<String, Integer> methods = new HashMap<>();
        for (MethodView method : view.methods()) {
            methods.put(member(method.name(), method.descriptor()), method.flags());
        }
        Map<String, Integer> fields = new HashMap<>();
        Map<String, FieldMatch> annotated = new HashMap<>();
        for (FieldView field : view.fields()) {
            String member = member(field.name(), field.descriptor());
            fields.put(member, field.flags());
            FieldMatch match = FieldMatch.annotationOf(field);
            if (match != FieldMatch.NONE) {
                annotated.put(member, match);
            }
        }
        return new Outline(
                view.name(),
                view.superclass(),
                view.interfaces(),
                Modifier.isInterface(view.flags()),
                methods,
                fields,
                annotated);
    }

    /// The flags of a declared method, or null.
    @Nullable
    Integer method(String methodName, String descriptor) {
        return methods.get(member(methodName, descriptor));
    }

    /// The flags of a declared field, or null.
    @Nullable
    Integer field(String fieldName, String descriptor) {
        return fields.get(member(fieldName, descriptor));
    }

    /// The annotation of a declared field.
    public FieldMatch annotation(String fieldName, String descriptor) {
        return annotated.getOrDefault(member(fieldName, descriptor), FieldMatch.NONE);
    }

    /// Two outlines of one class are equal.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outline that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    private static String member(String name, String descriptor) {
        return name + " " + descriptor;
    }
}
