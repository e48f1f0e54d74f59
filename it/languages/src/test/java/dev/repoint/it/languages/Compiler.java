package dev.repoint.it.languages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/// A compiler of the test class path, which runs in a JVM of its own.
enum Compiler {
    KOTLIN("org.jetbrains.kotlin.cli.jvm.K2JVMCompiler", "kotlin-stdlib", "-no-stdlib", "-no-reflect", "-cp"),
    SCALA("dotty.tools.dotc.Main", "scala", "-classpath"),
    GROOVY("org.codehaus.groovy.tools.FileSystemCompiler", "groovy-", "--classpath");

    private final String main;
    private final String libraries;
    private final List<String> options;

    Compiler(String main, String libraries, String... options) {
        this.main = main;
        this.libraries = libraries;
        this.options = List.of(options);
    }

    /// Compiles one source.
    ///
    /// @param name of its file
    /// @return the folder of its classes
    Path compile(Path folder, String name, String source) throws IOException, InterruptedException {
        Path file = Files.writeString(folder.resolve(name), source);
        Path classes = Files.createDirectory(folder.resolve(name + ".classes"));
        List<String> command = new ArrayList<>(List.of(
                Programs.JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                main));
        command.addAll(options);
        command.addAll(
                List.of(libraries() + File.pathSeparator + runtime(), "-d", classes.toString(), file.toString()));
        Path log = folder.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> read(log)).isZero();
        return classes;
    }

    /// Starts a program that it compiled.
    ///
    /// @param options of the JVM
    Programs start(String main, Path classes, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of(
                "-cp",
                String.join(
                        File.pathSeparator,
                        classes.toString(),
                        libraries(),
                        runtime().toString()),
                main));
        return Programs.start(arguments.toArray(String[]::new));
    }

    /// What the compiled classes need.
    String libraries() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith(libraries))
                .filter(entry -> !entry.contains("compiler"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// The jar with the annotations.
    static Path runtime() {
        return Path.of(System.getProperty("repoint.home"), "jvm/runtime/target/repoint-runtime-0.1.0.jar");
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
