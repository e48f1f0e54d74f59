package dev.repoint.it.languages;

import static dev.repoint.it.languages.Programs.repoint;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.loader.tools.Libraries;
import org.springframework.boot.loader.tools.Library;
import org.springframework.boot.loader.tools.LibraryScope;
import org.springframework.boot.loader.tools.Repackager;

/// An application that Spring Boot's own tools have packed, started as it is deployed.
class SpringBootTest {

    @TempDir
    private static Path folder;

    private static Path packed;

    @BeforeAll
    static void pack() throws IOException {
        Path library = jar("hex-1.jar", "", "lib/Hex.java", """
            package lib;
            public class Hex {
                public static String encode(int x) { return Integer.toHexString(x); }
                public static String decimal(int x) { return Integer.toString(x); }
            }
            """);
        Path application = jar("app.jar", "app.Main", "app/Main.java", """
            package app;
            import java.io.BufferedReader;
            import java.io.InputStreamReader;
            public class Main {
                public static void main(String[] args) throws Exception {
                    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
                    while (in.readLine() != null) System.out.println(lib.Hex.encode(255) + " " + price(1));
                }
                static int price(int x) { return x; }
            }
            """, "-cp", library.toString());
        packed = folder.resolve("boot.jar");
        Libraries libraries = callback -> callback.library(new Library(library.toFile(), LibraryScope.COMPILE));
        new Repackager(application.toFile()).repackage(packed.toFile(), libraries);
    }

    @Test
    void itRunsPatchedInItsLibrariesToo() throws IOException {
        Path patched = folder.resolve("patched.jar");
        assertThat(repoint(
                        "patch",
                        packed.toString(),
                        "lib.Hex.encode=lib.Hex.decimal",
                        "app.Main.price=constant:7",
                        "-o",
                        patched.toString()))
                .contains("repoint-runtime-0.1.0.jar was added to BOOT-INF/lib/");

        try (Programs before = Programs.start("-jar", packed.toString())) {
            assertThat(before.ask()).isEqualTo("ff 1");
        }
        try (Programs after = Programs.start("-jar", patched.toString())) {
            assertThat(after.ask()).isEqualTo("255 7");
        }
    }

    @Test
    void whatIsWovenFollowsAPolicy() throws IOException {
        Path woven = folder.resolve("woven.jar");
        repoint("weave", packed.toString(), "-o", woven.toString(), "--patchable", "lib.**", "--only", "hex-*.jar");
        Path policy = Files.writeString(folder.resolve("policy"), "lib.Hex.encode = constant:policy\n");

        try (Programs plain = Programs.start("-jar", woven.toString())) {
            assertThat(plain.ask()).isEqualTo("ff 1");
        }
        try (Programs ruled = Programs.start("-Drepoint.policy=" + policy, "-jar", woven.toString())) {
            assertThat(ruled.ask()).isEqualTo("policy 1");
        }
    }

    @Test
    void sitesKnowsItsLibraries() {
        assertThat(repoint("sites", packed.toString(), "--patchable", "lib.Hex.encode"))
                .contains("lib.Hex.encode(int)  1 site", "invokestatic     app.Main.main(");
    }

    private static Path jar(String name, String main, String path, String source, String... options)
            throws IOException {
        Path file = folder.resolve(name + "-src").resolve(path);
        Path classes = folder.resolve(name + "-classes");
        Files.createDirectories(file.getParent());
        Files.writeString(file, source);
        List<String> arguments = Stream.concat(
                        Stream.of("-proc:none", "-d", classes.toString(), file.toString()), Stream.of(options))
                .toList();
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        if (!main.isEmpty()) {
            manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, main);
        }
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                Files.copy(each, out);
            }
        }
        return jar;
    }
}
