package dev.repoint.it.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Jars of the test class path, and what a JVM says of their classes.
final class Libraries {

    private Libraries() {}

    /// What a JVM that verifies everything says of each class of a jar.
    static List<String> linkAll(Path jar, Path folder) throws Exception {
        Path output = Files.createTempFile(folder, "link", ".log");
        String classPath = String.join(
                File.pathSeparator,
                jar.toString(),
                jarOf(Repoint.class).toString(),
                jarOf(LinkAll.class).toString());
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xverify:all",
                        "-cp",
                        classPath,
                        LinkAll.class.getName(),
                        jar.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(jvm.waitFor()).as(Files.readString(output)).isZero();
        return Files.readAllLines(output).stream()
                .filter(line -> !line.contains("warning:"))
                .toList();
    }

    /// The jar of a class.
    static Path jarOf(Class<?> member) throws URISyntaxException {
        return Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
