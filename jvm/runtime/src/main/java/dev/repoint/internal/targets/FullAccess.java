package dev.repoint.internal.targets;

import dev.repoint.internal.classfile.ClassWriter;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Modifier;

/// Makes a look-up with full privilege of one with private access.
///
/// A look-up that came from another module has no full privilege, and may not define hidden classes. But it may define
/// a class in the package. Such a class has a look-up of its own, and from there one into its neighbour.
final class FullAccess {

    private static final String NAME = "repoint$Access";
    private static final String LOOKUP = "lookup";
    private static final MethodType TYPE = MethodType.methodType(MethodHandles.Lookup.class);

    private FullAccess() {}

    /// A look-up into the same class.
    ///
    /// @param given a look-up with private access
    /// @throws IllegalAccessException if that is not possible
    static MethodHandles.Lookup of(MethodHandles.Lookup given) throws IllegalAccessException {
        if (given.hasFullPrivilegeAccess()) {
            return given;
        }
        Class<?> neighbour = neighbour(given);
        try {
            MethodHandle lookup = given.findStatic(neighbour, LOOKUP, TYPE);
            return MethodHandles.privateLookupIn(given.lookupClass(), (MethodHandles.Lookup) lookup.invokeExact());
        } catch (IllegalAccessException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalAccessException("its package cannot be entered: " + e);
        }
    }

    private static Class<?> neighbour(MethodHandles.Lookup given) throws IllegalAccessException {
        String packageName = given.lookupClass().getPackageName();
        String name = packageName.isEmpty() ? NAME : packageName + "." + NAME;
        try {
            return Class.forName(name, false, given.lookupClass().getClassLoader());
        } catch (ClassNotFoundException | LinkageError e) {
            return define(given, name);
        }
    }

    private static Class<?> define(MethodHandles.Lookup given, String name) throws IllegalAccessException {
        ClassWriter access = new ClassWriter(Modifier.FINAL | ClassWriter.SYNTHETIC, name.replace('.', '/'));
        String type = TYPE.descriptorString();
        access.method(
                Modifier.STATIC,
                LOOKUP,
                type,
                code -> code.invokeStatic("java/lang/invoke/MethodHandles", LOOKUP, type, false)
                        .giveBack(MethodHandles.Lookup.class.descriptorString()));
        try {
            return given.defineClass(access.toByteArray());
        } catch (LinkageError e) {
            try { // another thread was faster
                return Class.forName(name, false, given.lookupClass().getClassLoader());
            } catch (ClassNotFoundException | LinkageError absent) {
                throw new IllegalAccessException("its package cannot be entered: " + e);
            }
        }
    }
}
