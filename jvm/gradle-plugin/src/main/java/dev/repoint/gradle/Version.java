package dev.repoint.gradle;

/// The version of this plugin, which is that of the weaver.
final class Version {

    private static final String CURRENT = "0.1.0";

    private Version() {}

    /// The version in the manifest of a jar.
    ///
    /// @param type a class of the jar
    static String of(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? CURRENT : version;
    }
}
