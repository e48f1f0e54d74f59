package dev.repoint.weaver.archive;

/// The location of a class file: the folder in which its package begins, and its release.
///
/// A multi-release jar contains classes for later releases in `META-INF/versions/N/`. Applications in one jar
/// contain theirs in folders such as `BOOT-INF/classes/`.
///
/// @param version 0 for the base
/// @param root the folder inside the version, empty or ending in `/`
record Location(int version, String root) {

    /// The folder of the versions in multi-release jars.
    static final String VERSIONS = "META-INF/versions/";

    private static final int LEAST_VERSION = 9;

    /// The base of the file.
    static final Location BASE = new Location(0, "");

    /// The location of an entry with a class.
    ///
    /// @param entry its name
    /// @param internalName the name of the class in it
    /// @param multiRelease whether the jar is a multi-release jar
    static Location of(String entry, String internalName, boolean multiRelease) {
        String path = entry;
        int version = multiRelease ? versionOf(entry) : 0;
        if (version > 0) {
            path = entry.substring(prefixOf(version).length());
        }
        String tail = internalName + ".class";
        boolean below = path.endsWith("/" + tail);
        return new Location(version, below ? path.substring(0, path.length() - tail.length()) : "");
    }

    /// The version of an entry, or 0.
    static int versionOf(String entry) {
        if (!entry.startsWith(VERSIONS)) {
            return 0;
        }
        int end = entry.indexOf('/', VERSIONS.length());
        String digits = end < 0 ? "" : entry.substring(VERSIONS.length(), end);
        if (digits.isEmpty() || digits.length() > 4 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int version = Integer.parseInt(digits);
        return version >= LEAST_VERSION && digits.charAt(0) != '0' ? version : 0;
    }

    /// The folder of a version, empty for the base.
    static String prefixOf(int version) {
        return version == 0 ? "" : VERSIONS + version + "/";
    }
}
