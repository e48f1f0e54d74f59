package dev.repoint.weaver;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Weaves everything that can be woven in real classes, and has the JDK's verifier look at each result.
class CorpusTest {

    /// Of so many classes one is taken, as all of them take minutes.
    private static final int STEP = 13;

    private static final Selection EVERYTHING =
            new Selection(Try.keys("**"), true, Try.keys("**"), List.of(), List.of());

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfJavaBase(Phase phase) throws IOException {
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));

        int woven = weaveAll(jdk.getPath("/modules/java.base"), phase);

        assertThat(woven).isGreaterThan(300);
    }

    @ParameterizedTest
    @EnumSource(Phase.class)
    void theClassesOfAJar(Phase phase) throws Exception {
        URI jar = Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (FileSystem zip = FileSystems.newFileSystem(Path.of(jar))) {
            int woven = weaveAll(zip.getPath("/org/assertj"), phase);

            assertThat(woven).isGreaterThan(30);
        }
    }

    private static int weaveAll(Path root, Phase phase) throws IOException {
        Weaver weaver = Weaver.of(EVERYTHING);
        ClassFile verifier = verifier();
        int woven = 0;
        List<Path> files;
        try (Stream<Path> walk = Files.walk(root)) {
            files = walk.filter(file -> file.toString().endsWith(".class"))
                    .filter(file -> !file.endsWith("module-info.class"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < files.size(); i += STEP) {
            byte[] original = Files.readAllBytes(files.get(i));
            WeaveResult result = weaver.weave(original, Throwaway::bytesOf, phase);
            if (result.changed()) {
                woven++;
                assertThat(verifier.verify(result.bytes()))
                        .as("%s", files.get(i))
                        .isEmpty();
                assertThat(weaver.weave(result.bytes(), Throwaway::bytesOf, phase)
                                .bytes())
                        .as("%s, woven again", files.get(i))
                        .isSameAs(result.bytes());
            }
        }
        return woven;
    }

    /// One that parses classes to see how they are related, and loads none.
    private static ClassFile verifier() {
        ClassHierarchyResolver parsing = ClassHierarchyResolver.ofResourceParsing(type -> {
            String descriptor = type.descriptorString();
            byte[] bytes = Throwaway.bytesOf(descriptor.substring(1, descriptor.length() - 1));
            return bytes == null ? null : new ByteArrayInputStream(bytes);
        });
        return ClassFile.of(ClassHierarchyResolverOption.of(parsing.cached()));
    }
}
