package dev.repoint.agent.weave;

import dev.repoint.internal.report.FileKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;

/// Finds the names of classes in the jars of a class path, and in the libraries inside these jars, as in a Spring
/// Boot jar or a WAR.
///
/// The search loads no class, and ends at its deadline. It skips unreadable files. Not thread-safe.
final class ClassPathNames {

    private static final List<String> LIBRARIES = List.of("BOOT-INF/lib/", "WEB-INF/lib/");
    private static final List<String> CLASSES = List.of("BOOT-INF/classes/", "WEB-INF/classes/");
    private static final String SUFFIX = ".class";

    private final Predicate<String> wanted;
    private final long deadline;
    private final Set<String> found = new LinkedHashSet<>();

    private ClassPathNames(Predicate<String> wanted, long deadline) {
        this.wanted = wanted;
        this.deadline = deadline;
    }

    /// Finds names.
    ///
    /// @param classPath paths, separated by the separator of this system
    /// @param wanted selects binary names
    /// @param nanos the maximum duration of the search
    static Set<String> in(String classPath, Predicate<String> wanted, long nanos) {
        ClassPathNames names = new ClassPathNames(wanted, System.nanoTime() + nanos);
        for (String each : classPath.split(File.pathSeparator)) {
            names.addJar(each);
            if (!each.isEmpty()) {
                names.addFolder(new File(each), "");
            }
        }
        return names.found;
    }

    private void addJar(String path) {
        try {
            FileKind.requireReadable(Path.of(path));
            try (ZipFile jar = new ZipFile(path)) {
                Enumeration<? extends ZipEntry> entries = jar.entries();
                while (entries.hasMoreElements() && !isLate()) {
                    ZipEntry entry = entries.nextElement();
                    add(entry.getName());
                    if (isLibrary(entry.getName())) {
                        addLibrary(jar, entry);
                    }
                }
            }
        } catch (IOException | InvalidPathException e) {
            // a folder, or not a jar
        }
    }

    /// @param entry the path of the folder below the one of the class path
    private void addFolder(File folder, String entry) {
        File[] files = isLate() ? null : folder.listFiles();
        for (File each : files == null ? new File[0] : files) {
            add(entry + each.getName());
            addFolder(each, entry + each.getName() + '/');
        }
    }

    private void addLibrary(ZipFile jar, ZipEntry library) {
        try (InputStream in = jar.getInputStream(library);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry each = entries.getNextEntry(); each != null && !isLate(); each = entries.getNextEntry()) {
                add(each.getName());
            }
        } catch (IOException | IllegalArgumentException e) {
            // not a jar, or a name that is not text
        }
    }

    private void add(String entry) {
        if (!entry.endsWith(SUFFIX)) {
            return;
        }
        int start = 0;
        for (String folder : CLASSES) {
            start = entry.startsWith(folder) ? folder.length() : start;
        }
        String name = entry.substring(start, entry.length() - SUFFIX.length()).replace('/', '.');
        if (wanted.test(name)) {
            found.add(name);
        }
    }

    private boolean isLate() {
        return System.nanoTime() - deadline >= 0;
    }

    private static boolean isLibrary(String entry) {
        return entry.endsWith(".jar") && LIBRARIES.stream().anyMatch(entry::startsWith);
    }
}
