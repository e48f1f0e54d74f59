package dev.repoint.cli;

import dev.repoint.Repoint;
import dev.repoint.agent.control.RunningJvm;
import dev.repoint.elf.ElfFile;
import dev.repoint.linux.process.OtherProcess;
import dev.repoint.machine.site.SiteTable;
import dev.repoint.stress.Stress;
import dev.repoint.weaver.Staging;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/// Lines for `sh` in which `repoint` runs the command line in a process of its own.
final class Shell {

    private Shell() {}

    /// The class path of the command line.
    static String classPath() {
        return Stream.of(
                        Main.class,
                        Repoint.class,
                        Staging.class,
                        RunningJvm.class,
                        OtherProcess.class,
                        Stress.class,
                        SiteTable.class,
                        ElfFile.class,
                        CommandLine.class)
                .map(each -> Path.of(URI.create(
                        each.getProtectionDomain().getCodeSource().getLocation().toString())))
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /// A process that runs a class of the command line, or of its tests.
    static ProcessBuilder java(Class<?> main, String... arguments) {
        // On the module path the tests are part of the module, and have its location.
        String classPath = classPath()
                + File.pathSeparator
                + Path.of("target", "test-classes").toAbsolutePath();
        return new ProcessBuilder(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Drepoint.home=" + System.getProperty("repoint.home"),
                                "-cp",
                                classPath,
                                main.getName()),
                        Stream.of(arguments))
                .toList());
    }

    /// Runs a line to its end.
    ///
    /// @return what came to the standard output and error that the line left to it
    static Ran run(Path folder, String line) throws IOException {
        List<String> command = java(Main.class).command();
        String repoint = command.stream().map(each -> "'" + each + "'").collect(Collectors.joining(" "));
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("sh", "-c", "repoint() { " + repoint + " \"$@\"; }; " + line)
                .directory(folder.toFile())
                .redirectError(errors.toFile())
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            return new Ran(process.waitFor(), out, Files.readString(errors));
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
