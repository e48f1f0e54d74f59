package dev.repoint.internal.policy;

import dev.repoint.PatchException;
import dev.repoint.internal.report.PatchRefusal;

/// Whether this runs in a native image of GraalVM, whose calls were bound when it was built.
final class NativeImage {

    private static final String PROPERTY = "org.graalvm.nativeimage.imagecode";

    private NativeImage() {}

    /// Refuses to patch there.
    ///
    /// @throws PatchException if this is a native image
    static void refuse() {
        if ("runtime".equals(System.getProperty(PROPERTY))) {
            throw new PatchRefusal(
                    "a native image cannot be patched while it runs; decide before it is built: repoint patch"
                            + " JAR KEY=TARGET --direct -o OUT");
        }
    }
}
