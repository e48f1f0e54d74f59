package dev.repoint.agent;

/// The classes of the JDK whose methods cannot be patched at their entry, nor calls in them: linking a patchable runs
/// them, so that they would call themselves before they are linked.
///
/// This is the one place that lists them.
final class RefusedOwners {

    /// What to tell about such a class.
    static final String REASON = "the JVM needs it to link patchables; patch its calls (sites)";

    private static final String[] PREFIXES = {
        "java/lang/",
        "java/security/",
        "java/util/concurrent/",
        "java/util/function/",
        "java/util/jar/",
        "java/util/stream/",
        "java/util/zip/",
        "java/io/",
        "java/net/URI",
        "java/net/URL",
        "java/nio/",
        "jdk/internal/",
        "sun/instrument/",
        "sun/invoke/",
        "sun/launcher/",
        "sun/net/",
        "sun/nio/",
        "sun/reflect/",
        "sun/security/",
        "sun/util/",
    };

    private RefusedOwners() {}

    /// Whether the methods of a class cannot be patched.
    ///
    /// @param internalName such as `java/util/HashMap$Node`
    static boolean contains(String internalName) {
        for (String prefix : PREFIXES) {
            if (internalName.startsWith(prefix)) {
                return true;
            }
        }
        return isOfCollections(internalName);
    }

    private static boolean isOfCollections(String internalName) {
        return internalName.startsWith("java/util/") && internalName.indexOf('/', "java/util/".length()) < 0;
    }
}
