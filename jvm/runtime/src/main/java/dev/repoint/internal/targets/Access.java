package dev.repoint.internal.targets;

import java.lang.invoke.MethodHandleInfo;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;

/// Whether a hidden class beside another class could call a method by a plain instruction.
///
/// Where this says no, the target is held as a method handle instead, which carries its access with it.
public final class Access {

    private static final MethodHandles.Lookup SELF = MethodHandles.lookup();

    private final MethodHandles.Lookup host;

    public Access(MethodHandles.Lookup host) {
        this.host = host;
    }

    /// A look-up into a class, where the given one has private access to it or can get it.
    ///
    /// @throws IllegalAccessException if it has not and cannot
    public static MethodHandles.Lookup into(Class<?> owner, MethodHandles.Lookup given) throws IllegalAccessException {
        boolean isIt = given.lookupClass() == owner && (given.lookupModes() & MethodHandles.Lookup.PRIVATE) != 0;
        // Asking once more would fail where the owner lies in another module than the one who asked first.
        return isIt ? given : MethodHandles.privateLookupIn(owner, given);
    }

    /// A look-up into a class by the right of the runtime: where the class's module is open to everybody.
    ///
    /// @throws IllegalAccessException if it is not
    public static MethodHandles.Lookup into(Class<?> owner) throws IllegalAccessException {
        // Where the runtime is a named module, it has never heard of the modules of the program.
        Access.class.getModule().addReads(owner.getModule());
        return MethodHandles.privateLookupIn(owner, SELF);
    }

    /// Whether the hidden class could name and call the method.
    boolean canInvoke(MethodHandleInfo method, MethodType type) {
        Class<?> declaring = method.getDeclaringClass();
        if (!canName(declaring) || !canNameAll(type)) {
            return false;
        }
        int modifiers = method.getModifiers();
        boolean samePackage = inPackageOfHost(declaring);
        if (Modifier.isPrivate(modifiers)) {
            return declaring.isNestmateOf(host.lookupClass());
        }
        return Modifier.isPublic(modifiers) || samePackage;
    }

    /// Whether the hidden class could name all classes of a method type, and find the same ones.
    boolean canNameAll(MethodType type) {
        return canName(type.returnType()) && type.parameterList().stream().allMatch(this::canName);
    }

    /// Whether the hidden class could name a class, find the same one, and use it.
    public boolean canName(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isPrimitive()) {
            return true;
        }
        if (element.isHidden()) {
            return false;
        }
        try {
            host.accessClass(element);
            return Class.forName(element.getName(), false, host.lookupClass().getClassLoader()) == element;
        } catch (IllegalAccessException | ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /// An internal name in the package of the host, for a class to be hidden there.
    String hiddenName() {
        String owner = host.lookupClass().getName();
        return owner.replace('/', '_').replace('.', '/') + "$$target";
    }

    private boolean inPackageOfHost(Class<?> type) {
        return type.getClassLoader() == host.lookupClass().getClassLoader()
                && type.getPackageName().equals(host.lookupClass().getPackageName());
    }
}
