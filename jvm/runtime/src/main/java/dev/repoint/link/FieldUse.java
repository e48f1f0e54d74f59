package dev.repoint.link;

import dev.repoint.Key;
import dev.repoint.internal.point.FieldAccess;
import dev.repoint.internal.point.FieldPoint;
import dev.repoint.internal.point.FieldPoints;
import dev.repoint.internal.targets.Access;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/// What one class means by the constant that names a field, as the JVM resolves it (JVMS 5.4.3.2).
///
/// @param caller the class that uses the field, with full access
/// @param name the field's name
/// @param named binary name of the class that the constant names
/// @param declaring binary name of the class that declares the field, as the weaver has resolved it
/// @param descriptor the field's descriptor
record FieldUse(MethodHandles.Lookup caller, String name, String named, String declaring, String descriptor) {

    /// A field that was found.
    ///
    /// @param point what is known of it
    /// @param access reads and assigns it by the right of the class that uses it
    record Found(FieldPoint point, FieldAccess access) {}

    /// Finds the field, without initialising its class.
    ///
    /// @return null where the plain instruction would fail, and where the class that uses the field cannot name
    ///     the field's type: then the plain instruction has to do
    @Nullable
    Found find() {
        try {
            Class<?> owner = namedClass();
            Class<?> type = MethodType.fromMethodDescriptorString(
                            "()" + descriptor, caller.lookupClass().getClassLoader())
                    .returnType();
            if (!new Access(caller).canName(type)) {
                return null;
            }
            MethodHandle getter = caller.findStaticGetter(owner, name, type);
            FieldAccess access = FieldAccess.of(caller, owner, name, type);
            Class<?> declaringClass = caller.revealDirect(getter).getDeclaringClass();
            return new Found(FieldPoints.of(declaringClass, name, descriptor), access);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null; // whatever it is, the original instruction meets it too
        }
    }

    /// The point of a field that the plain instruction has used, although [#find()] has not found it.
    @Nullable
    FieldPoint used() {
        try {
            for (Class<?> each = namedClass(); each != null; each = each.getSuperclass()) {
                if (each.getName().equals(declaring)) {
                    return FieldPoints.of(each, name, descriptor);
                }
            }
            return null;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return null; // a class loader of the application may do as it likes
        }
    }

    private Class<?> namedClass() throws ClassNotFoundException {
        Class<?> self = caller.lookupClass();
        return self.isHidden() && Key.nameOf(self).equals(named)
                ? self
                : Class.forName(named, false, self.getClassLoader());
    }
}
