package dev.repoint.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A JVM that is started to be measured, or to measure in: the same one that runs this, with nothing left over
/// from before.
public final class Child {

    private final List<String> command = new ArrayList<>();

    private Child(List<String> options, String classPath, String main, List<String> args) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add("-cp");
        command.add(classPath);
        command.add(main);
        command.addAll(args);
    }

    /// A child that runs a class of this program.
    ///
    /// @param options of the JVM
    /// @param main the class
    /// @param args its arguments
    /// @return not started yet
    public static Child of(List<String> options, Class<?> main, String... args) {
        return new Child(options, System.getProperty("java.class.path"), main.getName(), List.of(args));
    }

    /// A child that runs a class of another program.
    ///
    /// @param options of the JVM
    /// @param classPath where its classes are
    /// @param main the class
    /// @return not started yet
    public static Child of(List<String> options, String classPath, String main) {
        return new Child(options, classPath, main, List.of());
    }

    /// Runs it to its end.
    ///
    /// @return the lines that it printed
    /// @throws IOException if it does not end with status 0; the message has what it printed
    /// @throws InterruptedException if the thread is interrupted
    public List<String> run() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = process.waitFor();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status + ":\n" + output);
        }
        return output.lines().toList();
    }
}
