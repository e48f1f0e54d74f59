package dev.repoint.weaver.archive;

import dev.repoint.weaver.ClassSource;
import dev.repoint.weaver.WeaveException;
import dev.repoint.weaver.scan.ClassScanner;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// The classes that the classes of a file see: those of the file, according to their location, those of the JDK, and
/// those of a class path.
final class Classes {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Contents contents;
    private final boolean multiRelease;
    private final NavigableSet<Integer> versions = new TreeSet<>();
    private final PlatformClasses platform = new PlatformClasses();
    private final ClassSource others;
    private final Map<Location, ClassSource> sources = new HashMap<>();

    Classes(Contents contents) {
        this(contents, internalName -> null);
    }

    /// @param others the source of all other classes
    Classes(Contents contents, ClassSource others) {
        this.contents = contents;
        this.others = others;
        this.multiRelease = isMultiRelease(contents);
        if (multiRelease) {
            for (String name : contents.names()) {
                versions.add(Location.versionOf(name));
            }
            versions.remove(0);
        }
    }

    /// The location of an entry with a class.
    Location locationOf(String entry, String internalName) {
        return Location.of(entry, internalName, multiRelease);
    }

    /// The classes that a class at a location sees.
    ClassSource from(Location location) {
        return sources.computeIfAbsent(location, this::source);
    }

    private ClassSource source(Location location) {
        List<String> folders = new ArrayList<>();
        for (int version : versions.descendingSet()) {
            if (version <= location.version()) {
                add(folders, Location.prefixOf(version), location.root());
            }
        }
        add(folders, "", location.root());
        return internalName -> find(folders, internalName);
    }

    private byte @Nullable [] find(List<String> folders, String internalName) {
        if (!internalName.startsWith("java/")) {
            for (String folder : folders) {
                byte[] found = contents.read(folder + internalName + ".class");
                if (found != null && holds(found, internalName)) {
                    return found;
                }
            }
        }
        String elsewhere = internalName.startsWith("java/") ? null : contents.ofApplication(internalName + ".class");
        byte[] found = elsewhere == null ? null : contents.read(elsewhere);
        if (found != null && holds(found, internalName)) {
            return found;
        }
        found = platform.find(internalName);
        return found != null ? found : others.find(internalName);
    }

    /// Whether the bytes are the class that their name promises. A resource may have the name of a class file.
    private static boolean holds(byte[] bytes, String internalName) {
        try {
            return ClassScanner.internalName(bytes).equals(internalName);
        } catch (WeaveException e) {
            return false; // reported where the entry itself is read
        }
    }

    private static void add(List<String> folders, String version, String root) {
        folders.add(version + root);
        if (!root.isEmpty()) {
            folders.add(version);
        }
    }

    private static boolean isMultiRelease(Contents contents) {
        byte[] manifest = contents.read(MANIFEST);
        if (manifest == null) {
            return false;
        }
        try {
            String value = new Manifest(new ByteArrayInputStream(manifest))
                    .getMainAttributes()
                    .getValue("Multi-Release");
            return value != null && Boolean.parseBoolean(value.strip());
        } catch (IOException e) {
            return false; // as the class path has it: a manifest that cannot be read says nothing
        }
    }
}
