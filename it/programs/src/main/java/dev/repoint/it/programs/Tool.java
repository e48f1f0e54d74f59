package dev.repoint.it.programs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Consumer;

/// A program of binutils, whose lines are read as it writes them.
final class Tool {

    private Tool() {}

    /// Runs it and hands over every line that it prints.
    ///
    /// @throws IOException if it cannot be started, or fails
    static void lines(List<String> command, Consumer<String> line) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(line);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            process.destroy();
        }
        int status = process.onExit().join().exitValue();
        if (status != 0) {
            throw new IOException(String.join(" ", command) + ": exit " + status);
        }
    }
}
