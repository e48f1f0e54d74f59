package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
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
record Outline(
        String name,
        @Nullable String superName,
        List<String> interfaces,
        boolean isInterface,
        Map<String, Integer> methods,
        Map<String, Integer> fields,
        Map<String, FieldMatch> annotated) {

    /// Reads the outline of a parsed class.
    static Outline of(ClassModel model) {
        List<String> interfaces = new ArrayList<>();
        for (ClassEntry type : model.interfaces()) {
            interfaces.add(type.asInternalName());
        }
        Map<String, Integer> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            methods.put(
                    member(
                            method.methodName().stringValue(),
                            method.methodType().stringValue()),
                    method.flags().flagsMask());
        }
        Map<String, Integer> fields = new HashMap<>();
        Map<String, FieldMatch> annotated = new HashMap<>();
        for (FieldModel field : model.fields()) {
            String member =
                    member(field.fieldName().stringValue(), field.fieldType().stringValue());
            fields.put(member, field.flags().flagsMask());
            FieldMatch match = FieldMatch.annotationOf(field);
            if (match != FieldMatch.NONE) {
                annotated.put(member, match);
            }
        }
        ClassEntry superclass = model.superclass().orElse(null);
        return new Outline(
                model.thisClass().asInternalName(),
                superclass == null ? null : superclass.asInternalName(),
                interfaces,
                Modifier.isInterface(model.flags().flagsMask()),
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
    FieldMatch annotation(String fieldName, String descriptor) {
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
