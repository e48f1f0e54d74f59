package dev.repoint.weaver.weave;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/// Classes that compilers made of large programs. Of so many one in some is taken, as all of them take minutes.
final class RealClasses {

    private RealClasses() {}

    /// What is done with a class.
    interface Use {

        /// @param file names it in messages
        void of(Path file, byte[] classFile);
    }

    static void ofJavaBase(int step, Use use) throws IOException {
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        of(jdk.getPath("/modules/java.base"), step, use);
    }

    static void ofAJar(int step, Use use) throws Exception {
        URI jar = Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (FileSystem zip = FileSystems.newFileSystem(Path.of(jar))) {
            of(zip.getPath("/org/assertj"), step, use);
        }
    }

    private static void of(Path root, int step, Use use) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < files.size(); i += step) {
            use.of(files.get(i), Files.readAllBytes(files.get(i)));
        }
    }

    /// A verifier that parses classes to see how they are related, and loads none.
    static ClassFile verifier() {
        ClassHierarchyResolver parsing = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            byte[] bytes = Throwaway.bytesOf(descriptor.substring(1, descriptor.length() - 1));
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
        return ClassFile.of(ClassHierarchyResolverOption.of(parsing.cached()));
    }
}
