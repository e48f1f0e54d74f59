package dev.repoint.it.corpora;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Verifies every class of a folder, without a JVM that runs them: the classes of the JDK cannot be loaded twice. Prints one
/// line for each class: its path, and `ok` or the errors.
///
/// Argument: the folder.
public final class Verify {

    private static final ClassFile LIBRARY = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(
            ClassHierarchyResolver.ofResourceParsing(ClassLoader.getSystemClassLoader())));

    private Verify() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder)) {
            files = all.filter(file -> file.toString().endsWith(".class"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            System.out.println(folder.relativize(file) + " " + verify(Files.readAllBytes(file)));
        }
    }

    private static String verify(byte[] classFile) {
        List<VerifyError> errors = LIBRARY.verify(classFile);
        return errors.isEmpty()
                ? "ok"
                : errors.get(0).getMessage().lines().findFirst().orElse("");
    }
}
