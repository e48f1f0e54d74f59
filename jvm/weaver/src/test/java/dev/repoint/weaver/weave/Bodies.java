package dev.repoint.weaver.weave;

import dev.repoint.internal.classfile.Body;
import dev.repoint.internal.classfile.ClassBytes;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/// Bodies to copy, and what the runtime knows of their classes.
final class Bodies {

    static final String LINK_PACKAGE = "dev/repoint/link/";

    private Bodies() {}

    static Body of(byte[] classFile, String name, String descriptor) {
        return Body.of(new ClassBytes(classFile), name, descriptor, LINK_PACKAGE + "MethodLink");
    }

    /// The protected members that a class inherits from other packages.
    static Predicate<String> inherited(Class<?> owner) {
        Set<String> members = new HashSet<>();
        for (Class<?> each = owner.getSuperclass(); each != null; each = each.getSuperclass()) {
            if (!each.getPackageName().equals(owner.getPackageName())) {
                for (var method : each.getDeclaredMethods()) {
                    if (Modifier.isProtected(method.getModifiers())) {
                        members.add(method.getName() + " "
                                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                                        .descriptorString());
                    }
                }
                for (var field : each.getDeclaredFields()) {
                    if (Modifier.isProtected(field.getModifiers())) {
                        members.add(field.getName() + " " + field.getType().descriptorString());
                    }
                }
            }
        }
        return members::contains;
    }
}
