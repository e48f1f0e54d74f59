package dev.repoint.weaver.archive;

import dev.repoint.weaver.WeaveException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/// Selects jars inside a jar: the libraries of applications that are packed into one file.
///
/// Spring Boot packs them into `BOOT-INF/lib/`, web applications into `WEB-INF/lib/`. The classes of the application
/// itself are in `BOOT-INF/classes/` or `WEB-INF/classes/`. Immutable.
///
/// @param globs patterns of names, such as `acme-*.jar` or `BOOT-INF/lib/acme-*.jar`; empty for all
public record NestedJars(List<String> globs) {

    /// All of them.
    public static final NestedJars ALL = new NestedJars(List.of());

    /// The folders of libraries.
    static final List<String> FOLDERS = List.of("BOOT-INF/lib/", "WEB-INF/lib/", "WEB-INF/lib-provided/");

    /// The separator between the name of a jar and the name of an entry in it.
    static final String SEPARATOR = "!/";

    /// Copies the list.
    ///
    /// @throws WeaveException if a pattern is malformed
    public NestedJars {
        globs = List.copyOf(globs);
        globs.forEach(NestedJars::matcher);
    }

    /// Whether an entry is a library.
    static boolean isLibrary(String entry) {
        return entry.endsWith(".jar")
                && FOLDERS.stream()
                        .anyMatch(folder -> entry.startsWith(folder) && entry.indexOf('/', folder.length()) < 0);
    }

    /// Whether a library is selected.
    boolean include(String entry) {
        return globs.isEmpty() || globs.stream().anyMatch(glob -> matches(glob, entry));
    }

    static boolean matches(String glob, String entry) {
        PathMatcher matcher = matcher(glob);
        try {
            return matcher.matches(Path.of(entry))
                    || matcher.matches(Path.of(entry.substring(entry.lastIndexOf('/') + 1)));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static PathMatcher matcher(String glob) {
        try {
            return FileSystems.getDefault().getPathMatcher("glob:" + glob);
        } catch (PatternSyntaxException e) {
            throw new WeaveException("'" + glob + "' is no pattern of jars: " + e.getDescription(), e);
        }
    }
}
