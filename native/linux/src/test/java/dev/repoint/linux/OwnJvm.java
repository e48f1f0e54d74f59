package dev.repoint.linux;

import dev.repoint.elf.ElfFile;
import dev.repoint.fixtures.Run;
import dev.repoint.linux.poke.Poker;
import dev.repoint.machine.Architectures;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Runs programs of these tests, each in a JVM of its own: one that crashes fails its test, and no other.
public final class OwnJvm {

    private OwnJvm() {}

    /// Runs a program and waits for its end.
    ///
    /// @param folder where it runs, and where a crash leaves its report
    public static Run run(Path folder, Class<?> program, String... arguments) throws IOException {
        return Run.in(folder, command(program, arguments));
    }

    /// Starts a program.
    ///
    /// @param folder where it runs
    public static Process start(Path folder, Class<?> program, String... arguments) throws IOException {
        return new ProcessBuilder(command(program, arguments))
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /// What starts a program.
    static List<String> command(Class<?> program, String... arguments) {
        Set<String> path = new LinkedHashSet<>();
        for (Class<?> each : List.of(program, Poker.class, Architectures.class, ElfFile.class, Run.class)) {
            path.add(root(each));
        }
        // Resources stand beside the classes.
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Drepoint.include=" + Path.of("../../include").toAbsolutePath().normalize(),
                "-Xmx512m",
                "-cp",
                String.join(File.pathSeparator, path),
                program.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /// Runs a program that has to end well.
    ///
    /// @return the last line that it prints
    public static String succeeding(Path folder, Class<?> program, String... arguments) throws IOException {
        Run run = run(folder, program, arguments);
        if (run.exit() != 0) {
            throw new AssertionError("exit " + run.exit() + "\n" + run.output() + run.errors());
        }
        return run.lines().isEmpty() ? "" : run.lines().getLast();
    }

    private static String root(Class<?> type) {
        String name = type.getName().replace('.', '/') + ".class";
        String url = type.getResource("/" + name).toString();
        String root = url.startsWith("jar:")
                ? url.substring("jar:".length(), url.indexOf('!'))
                : url.substring(0, url.length() - name.length());
        return Path.of(URI.create(root)).toString();
    }
}
