package dev.repoint.bench.weave;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// The class files of a jar, in memory.
///
/// @param classes without module descriptors, in the order of the jar
/// @param byName the same, by internal name
@SuppressWarnings("ArrayRecordComponent")
record Corpus(List<byte[]> classes, Map<String, byte[]> byName) {

    private static final String SUFFIX = ".class";

    /// The one method that is made patchable where one is.
    static String oneKey(String jar) {
        return switch (jar) {
            case "guava" -> "com.google.common.base.Strings.repeat";
            case "commons-lang3" -> "org.apache.commons.lang3.StringUtils.reverse";
            default -> throw new IllegalArgumentException(jar);
        };
    }

    static Corpus read(Path jar) throws IOException {
        List<byte[]> classes = new ArrayList<>();
        Map<String, byte[]> byName = new HashMap<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                String name = entry.getName();
                if (!name.endsWith(SUFFIX) || name.startsWith("META-INF/") || name.equals("module-info.class")) {
                    continue;
                }
                byte[] bytes = file.getInputStream(entry).readAllBytes();
                classes.add(bytes);
                byName.put(name.substring(0, name.length() - SUFFIX.length()), bytes);
            }
        }
        return new Corpus(classes, byName);
    }

    /// How many bytes the class files have in all.
    long size() {
        return classes.stream().mapToLong(bytes -> bytes.length).sum();
    }
}
