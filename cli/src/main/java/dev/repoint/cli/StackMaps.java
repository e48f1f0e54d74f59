package dev.repoint.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Gives stack maps to the classes of a library that are older than Java 6 and have none. Such classes the JVM
/// verifies by a slower method (JVMS 4.10.2), and leaves out of its cache: with those of picocli, a tenth of a
/// second at each start. The launcher runs it after a build. The library does what it did.
final class StackMaps {

    /// The first class files that may have them, and need not (JVMS 4.10).
    private static final int FIRST_WITH_MAPS = ClassFile.JAVA_6_VERSION;
    private static final String CLASS = ".class";

    private StackMaps() {}

    /// Rewrites jars, each in its place, with its time.
    ///
    /// @param jars their paths
    public static void main(String[] jars) throws IOException {
        for (String jar : jars) {
            rewrite(Path.of(jar));
        }
    }

    /// Rewrites a jar if it has such classes.
    ///
    /// @return how many there were
    static int rewrite(Path jar) throws IOException {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        Map<String, ZipEntry> entries = new LinkedHashMap<>();
        try (ZipFile file = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> each = file.entries(); each.hasMoreElements(); ) {
                ZipEntry entry = each.nextElement();
                entries.put(entry.getName(), entry);
                contents.put(entry.getName(), file.getInputStream(entry).readAllBytes());
            }
        }
        ClassHierarchyResolver own = ClassHierarchyResolver.ofResourceParsing(type -> {
            String name = type.descriptorString();
            byte[] bytes = contents.get(name.substring(1, name.length() - 1) + CLASS);
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
        ClassFile classes = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(own.orElse(ClassHierarchyResolver.defaultResolver())));
        Map<String, byte[]> rewritten = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> entry : contents.entrySet()) {
            if (!entry.getKey().endsWith(CLASS)) {
                continue;
            }
            ClassModel model = classes.parse(entry.getValue());
            if (model.majorVersion() < FIRST_WITH_MAPS) {
                rewritten.put(entry.getKey(), withMaps(classes, model));
            }
        }
        if (!rewritten.isEmpty()) {
            contents.putAll(rewritten);
            replace(jar, entries, contents);
        }
        return rewritten.size();
    }

    private static byte[] withMaps(ClassFile classes, ClassModel model) {
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
            } else {
                builder.with(element);
            }
        };
        return classes.transformClass(
                model,
                ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                        .andThen(version));
    }

    private static void replace(Path jar, Map<String, ZipEntry> entries, Map<String, byte[]> contents)
            throws IOException {
        FileTime time = Files.getLastModifiedTime(jar);
        Path staged = jar.resolveSibling(jar.getFileName() + ".part");
        try (OutputStream out = Files.newOutputStream(staged);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, ZipEntry> each : entries.entrySet()) {
                ZipEntry entry = new ZipEntry(each.getKey());
                entry.setTimeLocal(each.getValue().getTimeLocal());
                zip.putNextEntry(entry);
                zip.write(contents.getOrDefault(each.getKey(), new byte[0]));
                zip.closeEntry();
            }
        }
        Files.setLastModifiedTime(staged, time); // so that a build copies a later version over it
        Files.move(staged, jar, StandardCopyOption.ATOMIC_MOVE);
    }
}
