package dev.repoint.weaver.weave;

import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.inplace.WithLibrary;
import dev.repoint.weaver.splice.InPlace;

/// Chooses the form of in-place weaving. From Java 25 on the JDK has a class-file library. Before, the agent's jar has
/// the same package once more, compiled against a library of its own.
public final class InPlaceChoice {

    /// The first Java whose JDK has a class-file library.
    public static final int FIRST_WITH_LIBRARY = 25;

    private static final String OWN_LIBRARY = "dev.repoint.java17.inplace.WithLibrary";

    private static volatile ClassLoader ownLibrary = InPlaceChoice.class.getClassLoader();

    private InPlaceChoice() {}

    /// Takes the form for a JVM without a library from a class loader.
    ///
    /// @param loader finds that form, and from its parent the weaver
    public static void findLibraryWith(ClassLoader loader) {
        ownLibrary = loader;
    }

    /// The form for this JVM.
    static InPlace ofThisJvm() {
        if (Runtime.version().feature() >= FIRST_WITH_LIBRARY) {
            return new WithLibrary();
        }
        try {
            return (InPlace) Class.forName(OWN_LIBRARY, true, ownLibrary)
                    .getConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new WeaveException("this Java has no class-file library, and the jar of the agent is not here", e);
        }
    }
}
