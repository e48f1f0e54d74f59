package dev.repoint.weaver;

import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What method resolution needs to know of a class: its relatives, and which methods it declares.
///
/// @param name internal name
/// @param flags access flags of the class
/// @param superName internal name of the superclass, or null
/// @param interfaces internal names of the direct superinterfaces
/// @param methods access flags by name and descriptor, as [#member] joins them
record ClassHeader(
        String name, int flags, @Nullable String superName, List<String> interfaces, Map<String, Integer> methods) {

    /// Reads the header of a class.
    static ClassHeader of(ClassModel model) {
        Map<String, Integer> methods = new HashMap<>();
        for (MethodModel method : model.methods()) {
            String name = method.methodName().stringValue();
            int flags = method.flags().flagsMask();
            methods.put(member(name, method.methodType().stringValue()), flags);
            if (SignaturePolymorphic.is(model, method)) {
                methods.put(member(name, ""), flags);
            }
        }
        return new ClassHeader(
                model.thisClass().asInternalName(),
                model.flags().flagsMask(),
                model.superclass().map(ClassEntry::asInternalName).orElse(null),
                model.interfaces().stream().map(ClassEntry::asInternalName).toList(),
                methods);
    }

    /// The access flags of a declared method, or -1. A signature-polymorphic method has every descriptor (JVMS 2.9.3).
    int flagsOf(String member) {
        Integer flags = methods.get(member);
        if (flags == null && SignaturePolymorphic.mayDeclare(name)) {
            flags = methods.get(member.substring(0, member.indexOf('(')));
        }
        return flags == null ? -1 : flags;
    }

    /// A resolver has one header of each name.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClassHeader that && name.equals(that.name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /// The name under which a method is kept.
    static String member(String name, String descriptor) {
        return name + descriptor;
    }
}
