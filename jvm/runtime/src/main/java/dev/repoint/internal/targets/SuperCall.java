package dev.repoint.internal.targets;

import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A target that the patchable overrides or implements. A call that dispatches on its receiver would come back
/// to the patchable, so such a target is called as `super.m()` calls it.
final class SuperCall {

    private SuperCall() {}

    /// The handle that does not come back, or null where the plain one does not either.
    ///
    /// @param target the method, as it was given
    /// @throws PatchException if there is no such call
    static @Nullable MethodHandle of(Signature wanted, MethodHandleInfo target, MethodHandles.Lookup access) {
        Class<?> owner = wanted.method().getDeclaringClass();
        int kind = target.getReferenceKind();
        boolean dispatches = kind == MethodHandleInfo.REF_invokeVirtual || kind == MethodHandleInfo.REF_invokeInterface;
        if (!dispatches || !wanted.point().hasEntry() || !overrides(wanted.method(), target)) {
            return null;
        }
        if (Modifier.isAbstract(target.getModifiers())) {
            throw refused(wanted, target, "which has no body", null);
        }
        try {
            Method method = target.reflectAs(Method.class, access);
            MethodHandles.Lookup entry = wanted.point().entryLookup();
            return (entry == null ? Access.into(owner) : entry).unreflectSpecial(method, owner);
        } catch (IllegalAccessException | IllegalArgumentException e) {
            throw refused(wanted, target, "which it cannot call as super does", e);
        }
    }

    private static boolean overrides(Method method, MethodHandleInfo target) {
        Class<?> owner = method.getDeclaringClass();
        Class<?> above = target.getDeclaringClass();
        int modifiers = target.getModifiers();
        boolean isSeen = Modifier.isPublic(modifiers)
                || Modifier.isProtected(modifiers)
                || above.getClassLoader() == owner.getClassLoader()
                        && above.getPackageName().equals(owner.getPackageName());
        if (above == owner
                || !above.isAssignableFrom(owner)
                || !isSeen
                || Modifier.isPrivate(modifiers)
                || Modifier.isStatic(method.getModifiers())
                || Modifier.isPrivate(method.getModifiers())
                || !method.getName().equals(target.getName())) {
            return false;
        }
        Class<?>[] parameters = target.getMethodType().parameterArray();
        return Arrays.equals(method.getParameterTypes(), parameters)
                || Arrays.stream(owner.getDeclaredMethods())
                        .anyMatch(each -> each.isBridge()
                                && each.getName().equals(target.getName())
                                && Arrays.equals(each.getParameterTypes(), parameters));
    }

    private static PatchException refused(
            Signature wanted, MethodHandleInfo target, String why, @Nullable Exception cause) {
        return new PatchRefusal(
                wanted.key(),
                " would lead to itself, and every call to a stack overflow: it overrides "
                        + target.getDeclaringClass().getName() + "." + target.getName() + ", " + why
                        + "; give it another target",
                cause);
    }
}
