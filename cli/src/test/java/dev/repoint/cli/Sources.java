package dev.repoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A small program for tests, compiled when it is needed.
final class Sources {

    private static final String CRC = """
        package acme;
        public class Crc {
            public static int update(int crc, byte[] data) { return data.length + crc; }
            public int get() { return update(1, new byte[2]); }
            public native int nativeGet();
            public abstract static class Base { public abstract int size(); }
        }
        """;

    private static final String MAIN = """
        package acme;
        import java.util.function.IntSupplier;
        public class Main {
            public static void main(String[] args) {
                Crc crc = new Crc();
                IntSupplier get = crc::get;
                System.out.println(Crc.update(get.getAsInt(), new byte[0])
                        + crc.nativeGet());
            }
        }
        """;

    private Sources() {}

    /// Compiles the program.
    ///
    /// @param folder where its classes go, in `classes`
    /// @return the folder of its classes
    static Path classes(Path folder) throws IOException {
        Path sources = Files.createDirectories(folder.resolve("src"));
        Path classes = folder.resolve("classes");
        Path crc = Files.writeString(sources.resolve("Crc.java"), CRC);
        Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(System.out, System.err, "-g", "-d", classes.toString(), crc.toString(), main.toString());
        assertThat(exit).isZero();
        return classes;
    }

    /// Compiles the program and packs it.
    ///
    /// @param jar the file to write
    static Path jar(Path folder, String jar) throws IOException {
        return pack(classes(folder), folder.resolve(jar));
    }

    /// Compiles a class and packs it.
    ///
    /// @param folder where its classes go, in `classes`
    /// @param jar the file to write
    /// @param name of the class
    static Path jar(Path folder, String jar, String name, String text) throws IOException {
        Path source = Files.writeString(folder.resolve(name + ".java"), text);
        Path classes = folder.resolve("classes");
        int exit = ToolProvider.findFirst("javac")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "-g",
                        "-cp",
                        runtime().toString(),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertThat(exit).isZero();
        return pack(classes, folder.resolve(jar));
    }

    /// Runs a program with the runtime on its class path.
    ///
    /// @param classes a jar or folder
    /// @return what it prints
    static String run(Path classes, String main) throws IOException {
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        classes + File.pathSeparator + runtime(),
                        main)
                .redirectErrorStream(true)
                .start();
        return new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }

    private static Path runtime() {
        return Path.of(URI.create(Repoint.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    private static Path pack(Path classes, Path file) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(classes)) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Path each : files) {
                zip.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, zip);
                zip.closeEntry();
            }
        }
        return file;
    }
}
