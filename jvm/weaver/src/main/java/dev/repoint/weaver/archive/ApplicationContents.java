package dev.repoint.weaver.archive;

import dev.repoint.weaver.WeaveException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/// A jar that contains an application with its libraries. It presents the entries of a library like its own entries,
/// with names such as `BOOT-INF/lib/acme.jar!/com/acme/Crc.class`.
///
/// It opens a library at the first use of its entries: it copies the library to a temporary file. If the system
/// allows it, it removes this file at once. If it cannot read a library, it does not change it, and
/// [remembers][#unreadable()] it.
final class ApplicationContents implements WholeContents {

    private final JarContents jar;
    private final NestedJars wanted;
    private final Map<String, JarContents> libraries = new LinkedHashMap<>();
    private final SortedMap<String, String> unreadable = new TreeMap<>();
    private final List<Path> copies = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final Map<String, String> classes = new HashMap<>();
    private boolean opened;

    private ApplicationContents(JarContents jar, NestedJars wanted) {
        this.jar = jar;
        this.wanted = wanted;
    }

    /// The jar, with its libraries if it has any.
    ///
    /// @throws WeaveException if it has none of the libraries that the user named
    static WholeContents of(JarContents jar, NestedJars wanted) {
        List<String> libraries =
                jar.names().stream().filter(NestedJars::isLibrary).toList();
        for (String glob : wanted.globs()) {
            if (libraries.stream().noneMatch(library -> NestedJars.matches(glob, library))) {
                jar.close();
                throw new WeaveException(jar.file() + " contains no library '" + glob + "'; "
                        + (libraries.isEmpty()
                                ? "it has no libraries in " + String.join(", ", NestedJars.FOLDERS)
                                : "it contains " + some(libraries)));
            }
        }
        return libraries.isEmpty() ? jar : new ApplicationContents(jar, wanted);
    }

    private static String some(List<String> libraries) {
        int most = 5;
        return String.join(", ", libraries.subList(0, Math.min(most, libraries.size())))
                + (libraries.size() > most ? " and " + (libraries.size() - most) + " more" : "");
    }

    /// The jar itself.
    JarContents jar() {
        return jar;
    }

    /// The open libraries, by the names of their entries.
    Map<String, JarContents> libraries() {
        open();
        return libraries;
    }

    @Override
    public SortedMap<String, String> unreadable() {
        open();
        return unreadable;
    }

    @Override
    public ArchiveFormat format() {
        return ArchiveFormat.JAR;
    }

    @Override
    public Path file() {
        return jar.file();
    }

    @Override
    public List<String> names() {
        open();
        return names;
    }

    @Override
    public byte @Nullable [] read(String name) {
        int end = name.indexOf(NestedJars.SEPARATOR);
        if (end < 0) {
            return jar.read(name);
        }
        open();
        JarContents library = libraries.get(name.substring(0, end));
        return library == null ? jar.read(name) : library.read(name.substring(end + NestedJars.SEPARATOR.length()));
    }

    @Override
    public String index() {
        return jar.index();
    }

    @Override
    public @Nullable String ofApplication(String classFile) {
        open();
        return classes.get(classFile);
    }

    @Override
    public void close() {
        try {
            libraries.values().forEach(JarContents::close);
            jar.close();
            for (Path copy : copies) {
                Files.deleteIfExists(copy);
            }
        } catch (IOException e) {
            throw new WeaveException("a temporary copy of a library cannot be removed: " + e.getMessage(), e);
        }
    }

    private void open() {
        if (opened) {
            return;
        }
        opened = true;
        for (String root : List.of("BOOT-INF/classes/", "WEB-INF/classes/")) {
            jar.names().stream()
                    .filter(name -> name.startsWith(root))
                    .forEach(name -> classes.putIfAbsent(name.substring(root.length()), name));
        }
        for (ZipEntry entry : jar.entries()) {
            names.add(entry.getName());
            if (NestedJars.isLibrary(entry.getName())) {
                open(entry, wanted.include(entry.getName()));
            }
        }
    }

    /// Opens a library. The classes of other libraries see its classes, even if the user did not select it.
    private void open(ZipEntry entry, boolean include) {
        JarContents library;
        try {
            library = JarContents.open(copy(entry), place(entry.getName()));
        } catch (WeaveException e) {
            if (include) {
                unreadable.put(entry.getName(), String.valueOf(e.getMessage()));
            }
            return;
        } finally {
            remove();
        }
        libraries.put(entry.getName(), library);
        for (String name : library.names()) {
            String inside = entry.getName() + NestedJars.SEPARATOR + name;
            classes.putIfAbsent(name, inside);
            if (include) {
                names.add(inside);
            }
        }
    }

    private Path copy(ZipEntry entry) {
        try (CheckedInputStream in = jar.open(entry)) {
            Path copy = Files.createTempFile("repoint-", ".jar");
            copies.add(copy);
            Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
            jar.checkSum(entry, in);
            return copy;
        } catch (IOException | UncheckedIOException e) {
            throw new WeaveException(place(entry.getName()) + " cannot be read: " + e.getMessage(), e);
        }
    }

    /// Removes the file of an open library, if the system allows this. The open file can still be read.
    private void remove() {
        copies.removeIf(copy -> {
            try {
                return Files.deleteIfExists(copy);
            } catch (IOException e) {
                return false; // when it is closed
            }
        });
    }
}
