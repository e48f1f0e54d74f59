package dev.repoint.it.jdks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM of the JDK that runs this, with [Shop] or another program.
final class Jvm implements AutoCloseable {

    /// The jar of the agent.
    static final String AGENT = System.getProperty("it.agent", "");

    /// The jar of the runtime.
    static final String RUNTIME = System.getProperty("it.runtime", "");

    /// A folder with the classes of this package, woven.
    static final String WOVEN = System.getProperty("it.woven", "");

    private final Process process;
    private final BufferedReader out;
    private final Writer in;
    private final StringBuilder errors = new StringBuilder();
    private final Thread reader;

    private Jvm(Process process) {
        this.process = process;
        out = process.inputReader();
        in = process.outputWriter();
        reader = new Thread(() -> process.errorReader().lines().forEach(line -> {
            synchronized (errors) {
                errors.append(line).append('\n');
            }
        }));
        reader.setDaemon(true);
        reader.start();
    }

    /// Starts a program.
    ///
    /// @param classPath its class path
    /// @param arguments options of the JVM, the main class, and its arguments
    static Jvm start(List<String> classPath, String... arguments) {
        List<String> command = words(System.getProperty("it.launcher", ""));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(words(System.getProperty("it.options", "")));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.addAll(List.of(arguments));
        try {
            return new Jvm(new ProcessBuilder(command).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        return new ArrayList<>(text.isBlank() ? List.of() : List.of(text.split(" ")));
    }

    /// Starts [Shop] with the agent.
    static Jvm withAgent(String options) {
        return start(List.of(classes()), "-javaagent:" + AGENT + "=" + options, Shop.class.getName());
    }

    /// The folder of the classes of this package.
    static String classes() {
        return Path.of(System.getProperty("it.classes", "")).toString();
    }

    long pid() {
        return process.pid();
    }

    /// The next line of the program.
    String line() {
        try {
            String line = out.readLine();
            return line == null ? "nothing more; " + end() : line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The answer to a question.
    String ask(String question) {
        try {
            in.write(question + "\n");
            in.flush();
        } catch (IOException e) {
            return "it has ended; " + end();
        }
        return line();
    }

    /// Waits for the end of the program.
    ///
    /// @return the exit code, and what it has written to the error output
    String end() {
        try {
            in.close();
            if (!process.waitFor(5, TimeUnit.MINUTES)) {
                return "it does not end";
            }
            reader.join();
            synchronized (errors) {
                return process.exitValue() + " " + errors;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
