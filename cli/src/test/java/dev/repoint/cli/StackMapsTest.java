package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StackMapsTest {

    @TempDir
    private Path folder;

    private Path jar;

    @BeforeEach
    void copy() throws IOException, URISyntaxException {
        URI library = CommandLine.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        jar = Files.copy(Path.of(library), folder.resolve("library.jar"));
    }

    @Test
    void allClassesOfALibraryGetStackMapsThatTheJvmAccepts() throws IOException {
        List<String> before = names();

        assertThat(StackMaps.rewrite(jar)).isGreaterThan(100);

        assertThat(names()).isEqualTo(before);
        assertThat(versions()).allMatch(version -> version >= ClassFile.JAVA_6_VERSION);
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            int linked = 0;
            for (String name : before) {
                if (!name.endsWith(".class") || name.contains("-")) {
                    continue;
                }
                String binary =
                        name.substring(0, name.length() - ".class".length()).replace('/', '.');
                try {
                    Class<?> type = Class.forName(binary, true, loader); // verifies it
                    assertThat(type.getClassLoader()).isEqualTo(loader);
                    linked++;
                } catch (NoClassDefFoundError e) {
                    assertThat(e).as(binary).hasMessageNotContaining("picocli"); // of an optional library
                }
            }
            assertThat(linked).isGreaterThan(200);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatHasStackMapsStaysAsItIsToTheByte() throws IOException {
        StackMaps.rewrite(jar);
        byte[] once = Files.readAllBytes(jar);

        assertThat(StackMaps.rewrite(jar)).isZero();
        assertThat(jar).hasBinaryContent(once);
    }

    @Test
    void theTimeOfTheFileStays() throws IOException {
        var before = Files.getLastModifiedTime(jar);
        StackMaps.rewrite(jar);
        assertThat(Files.getLastModifiedTime(jar)).isEqualTo(before);
    }

    private List<String> names() throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private List<Integer> versions() throws IOException {
        try (ZipFile file = new ZipFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> entry.getName().endsWith(".class"))
                    .map(entry -> {
                        try (InputStream bytes = file.getInputStream(entry)) {
                            return ClassFile.of().parse(bytes.readAllBytes()).majorVersion();
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
    }
}
