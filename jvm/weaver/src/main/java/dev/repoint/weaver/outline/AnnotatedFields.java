package dev.repoint.weaver.outline;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.WeaveException;

/// Decides from constant pools whether a class may use a field with the annotation [dev.repoint.Patchable].
///
/// The annotation is in the class that declares the field. So this class reads the classes that field constants
/// name, and their superclasses. It skips classes of the JDK, and classes that it has already read for the same
/// class.
public final class AnnotatedFields {

    public static final String ANNOTATION = "Ldev/repoint/Patchable;";

    private static final Needles NEEDLES = new Needles();

    static {
        NEEDLES.add(ANNOTATION, Needles.ANNOTATION);
    }

    private AnnotatedFields() {}

    /// Whether a class may use such a field.
    ///
    /// @param pool the constant pool of the class, searched for [#ANNOTATION] among others
    /// @param classes the source of the other classes
    public static boolean mayBeUsedBy(RawPool pool, ClassSource classes) {
        if ((pool.found() & Needles.ANNOTATION) != 0) {
            return classes.mayBeAnnotated();
        }
        String self = pool.thisClass();
        String last = "";
        for (int i = 1; i < pool.size(); i++) {
            if (pool.tag(i) == RawPool.FIELD) {
                String owner = pool.utf8(pool.ownerOf(i));
                boolean again = owner.equals(last); // compilers number the fields of one class one after another
                last = owner;
                if (!again && mayDeclare(owner.equals(self) ? pool.superclass() : owner, classes)) {
                    return true;
                }
            }
        }
        return false;
    }

    /// Whether a class belongs to the JDK. The JDK does not use the annotation.
    public static boolean isOfJdk(String internalName) {
        return internalName.startsWith("java/") || internalName.startsWith("jdk/") || internalName.startsWith("sun/");
    }

    private static boolean mayDeclare(String internalName, ClassSource classes) {
        String next = internalName;
        int steps = 0; // a damaged class file may name itself as its superclass
        while (!next.isEmpty() && next.charAt(0) != '[' && !isOfJdk(next) && steps++ < 1000) {
            byte[] bytes = classes.mayBeAnnotated() ? classes.find(next) : null;
            if (bytes == null) {
                return false;
            }
            try {
                RawPool pool = RawPool.read(bytes, NEEDLES);
                if ((pool.found() & Needles.ANNOTATION) != 0) {
                    return true;
                }
                next = pool.superclass();
            } catch (WeaveException e) {
                return false; // said where that class itself is woven
            }
        }
        return false;
    }
}
