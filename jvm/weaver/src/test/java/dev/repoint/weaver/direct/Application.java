package dev.repoint.weaver.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Original;
import dev.repoint.weaver.Policy;
import dev.repoint.weaver.archive.Archive;
import dev.repoint.weaver.archive.DirectSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/// A program that is compiled, packed into a jar, patched directly, and run in a JVM that does not know Repoint.
final class Application {

    private static final String MAIN = "com.acme.Main";

    private final Path folder;
    private final Path jar;
    private boolean isClosed;
    private boolean force;

    private Application(Path folder, Path jar) {
        this.folder = folder;
        this.jar = jar;
    }

    /// Compiles sources. Each begins with its package, and has one public type or `class Main`.
    static Application of(Path folder, String... sources) {
        return of(folder, List.of(), sources);
    }

    /// Compiles sources with options of the compiler.
    static Application of(Path folder, List<String> options, String... sources) {
        Path classes = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of("-g", "-d", classes.toString(), "-cp", fileOf(Original.class)));
        for (String each : sources) {
            arguments.add(write(folder.resolve("src"), each).toString());
        }
        StringWriter messages = new StringWriter();
        PrintWriter out = new PrintWriter(messages, true);
        int result = ToolProvider.findFirst("javac").orElseThrow().run(out, out, arguments.toArray(String[]::new));
        assertThat(result).as("%s", messages).isZero();
        return new Application(folder, pack(classes, folder.resolve("app.jar")));
    }

    /// The same, where no class outside extends one of the program.
    Application closed() {
        isClosed = true;
        return this;
    }

    /// The same, where calls may stay.
    Application forced() {
        force = true;
        return this;
    }

    Path jar() {
        return jar;
    }

    Path output() {
        return folder.resolve("new.jar");
    }

    /// Points calls elsewhere.
    DirectSummary direct(String... changes) {
        try (Archive archive = Archive.open(jar)) {
            return archive.point(Stream.of(changes).map(Policy::parse).toList(), isClosed, force, output(), false);
        }
    }

    /// Runs the main class of the new jar, with every class verified.
    String run(String... changes) {
        DirectSummary summary = direct(changes);
        assertThat(summary.isWritten()).as("%s", summary).isTrue();
        return run(output());
    }

    /// Runs the main class of a jar.
    static String run(Path jar) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        try {
            Process process = new ProcessBuilder(
                            java.toString(), "-Xverify:all", "-XX:TieredStopAtLevel=1", "-cp", jar.toString(), MAIN)
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
            return output.strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String fileOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static Path write(Path folder, String source) {
        Path file = folder.resolve(nameOf(source) + ".java");
        try {
            Files.createDirectories(file.getParent());
            return Files.writeString(file, source);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Path pack(Path classes, Path jar) {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> walk = Files.walk(classes)) {
            for (Path each : walk.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
                out.write(Files.readAllBytes(each));
                out.closeEntry();
            }
            return jar;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// The package, and the first type that is public or called Main.
    private static String nameOf(String source) {
        String packageName = source.lines()
                .filter(line -> line.startsWith("package "))
                .map(line -> line.substring(8).replace(";", "").strip().replace('.', '/') + "/")
                .findFirst()
                .orElse("");
        String type = source.lines()
                .filter(line -> line.matches("(public .*|class Main.*|module .*)"))
                .map(line -> line.startsWith("module")
                        ? "module-info"
                        : line.replaceAll(".*?(class|interface|enum|record) (\\w+).*", "$2"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no public type: " + source));
        return packageName + type;
    }
}
