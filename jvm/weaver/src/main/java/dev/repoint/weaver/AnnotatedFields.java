package dev.repoint.weaver;

/// Finds out from constant pools alone whether a class may use a field that carries [dev.repoint.Patchable].
///
/// The annotation stands in the class that declares the field. So the classes that are named by field constants
/// are looked at, with those above them; those of the JDK and whatever was looked at before for the same class
/// are not.
final class AnnotatedFields {

    static final String ANNOTATION = "Ldev/repoint/Patchable;";

    private static final Needles NEEDLES = new Needles();

    static {
        NEEDLES.add(ANNOTATION, Needles.ANNOTATION);
    }

    private AnnotatedFields() {}

    /// Whether it may.
    ///
    /// @param pool the class's own, read for [#ANNOTATION] among others
    /// @param classes where the others are found
    static boolean mayBeUsedBy(RawPool pool, ClassSource classes) {
        if (!classes.mayBeAnnotated()) {
            return false;
        }
        if ((pool.found() & Needles.ANNOTATION) != 0) {
            return true;
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

    /// Whether a class belongs to the JDK: it does not know the annotation.
    static boolean isOfJdk(String internalName) {
        return internalName.startsWith("java/") || internalName.startsWith("jdk/") || internalName.startsWith("sun/");
    }

    private static boolean mayDeclare(String internalName, ClassSource classes) {
        String next = internalName;
        int steps = 0; // a damaged class file may name itself as its superclass
        while (!next.isEmpty() && next.charAt(0) != '[' && !isOfJdk(next) && steps++ < 1000) {
            byte[] bytes = classes.find(next);
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
