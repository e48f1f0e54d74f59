package dev.repoint.weaver.archive;

import dev.repoint.Repoint;
import dev.repoint.internal.agent.OwnClasses;
import dev.repoint.weaver.WeaveException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/// The runtime as a library of an application that is packed into one jar. Woven code needs it.
///
/// @param contents the jar
record RuntimeLibrary(Contents contents) {

    /// The name of its file.
    static final String NAME = "repoint-runtime-" + OwnClasses.VERSION + ".jar";

    private static final String WITNESS = "dev/repoint/link/MethodLink.class";
    private static final String CLASS_PATH = "Class-Path";

    /// Adds the runtime to the folder of the libraries, unless it is already there.
    ///
    /// @return one line with the result, or with the next step for the user; empty if there is nothing to do
    String addTo(Map<String, byte[]> changed) {
        if (contents.format() != ArchiveFormat.JAR || isThere()) {
            return "";
        }
        ApplicationLayout layout = ApplicationLayout.of(contents.names());
        if (layout == null) {
            return isStartedByItself()
                    ? "it needs " + NAME
                            + "; name that jar in the Class-Path of its manifest, or start it with java -cp"
                    : "";
        }
        String name = layout.libraries() + NAME;
        byte[] runtime = bytes();
        if (runtime == null) {
            return "it needs " + NAME + "; add that jar to " + layout.libraries();
        }
        changed.put(name, runtime);
        byte[] list = contents.read(layout.list());
        if (list != null) {
            String text = new String(list, StandardCharsets.UTF_8);
            String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
            changed.put(layout.list(), (text + end + "- \"" + name + "\"\n").getBytes(StandardCharsets.UTF_8));
        }
        return NAME + " was added to " + layout.libraries();
    }

    private boolean isThere() {
        return contents.read(WITNESS) != null || contents.ofApplication(WITNESS) != null;
    }

    /// Whether `java -jar` starts the jar, and its manifest does not name the runtime.
    private boolean isStartedByItself() {
        byte[] manifest = contents.read(Signatures.MANIFEST);
        if (manifest == null) {
            return false;
        }
        try {
            Attributes main = new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
            String classPath = main.getValue(CLASS_PATH);
            return main.getValue("Main-Class") != null && (classPath == null || !classPath.contains("repoint-runtime"));
        } catch (IOException e) {
            return false; // as the class path has it: a manifest that cannot be read says nothing
        }
    }

    /// The jar of the runtime, from the place of this code; null if this place contains more than the runtime.
    private static byte @Nullable [] bytes() {
        CodeSource source = Repoint.class.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return null;
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            if (Files.isDirectory(place)) {
                return packed(place);
            }
            boolean isAlone = place.getFileName().toString().startsWith("repoint-runtime");
            return isAlone ? Files.readAllBytes(place) : null;
        } catch (IOException | URISyntaxException e) {
            throw new WeaveException(source.getLocation() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static byte[] packed(Path classes) throws IOException {
        Map<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(classes)) {
            List<Path> all = walk.filter(Files::isRegularFile).toList();
            all.forEach(file -> files.put(classes.relativize(file).toString().replace('\\', '/'), file));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Path> each : files.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(JarWriter.TIME);
                zip.putNextEntry(entry);
                Files.copy(each.getValue(), zip);
            }
        }
        return out.toByteArray();
    }
}
