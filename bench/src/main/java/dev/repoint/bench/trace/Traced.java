package dev.repoint.bench.trace;

import dev.repoint.bench.Jars;
import dev.repoint.bench.Settings;
import dev.repoint.bench.calls.trace.Price;
import dev.repoint.bench.calls.trace.TracedLoop;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running program whose calls are counted by itself.
final class Traced implements AutoCloseable {

    private static final double NANOS_PER_MICRO = 1_000;

    private final Process process;
    private final PrintStream questions;
    private final BufferedReader answers;

    private Traced(Process process) {
        this.process = process;
        questions = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /// Starts the program.
    ///
    /// @param settings the JDK that it runs on
    /// @param options of the JVM
    /// @param rounds how long a call takes
    static Traced start(Settings settings, List<String> options, int rounds) throws IOException {
        Path jar = settings.scratch("trace").resolve("loop.jar");
        Jars.of(jar, TracedLoop.class, Price.class);
        List<String> command = new ArrayList<>();
        command.add(settings.jdk().java().toString());
        command.addAll(options);
        command.addAll(List.of("-cp", jar.toString(), TracedLoop.class.getName(), Integer.toString(rounds)));
        return new Traced(new ProcessBuilder(command)
                .directory(settings.scratch("trace").toFile()) // Arthas writes into it
                .redirectError(settings.scratch("trace").resolve("loop.log").toFile())
                .start());
    }

    long pid() {
        return process.pid();
    }

    /// Lets the program run for a while, in which the JVM compiles what has changed.
    static void settle(long millis) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(millis);
    }

    /// How many calls there are in a microsecond.
    ///
    /// @param millis how long to measure
    /// @throws IllegalStateException if a result was wrong
    double rate(long millis) throws IOException, InterruptedException {
        long[] before = ask();
        settle(millis);
        long[] after = ask();
        return (after[0] - before[0]) * NANOS_PER_MICRO / (after[1] - before[1]);
    }

    private long[] ask() throws IOException {
        questions.println();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(TracedLoop.ANSWER)) {
                String[] fields = line.split(" ");
                if (!fields[3].equals("0")) {
                    throw new IllegalStateException(fields[3] + " sums were wrong");
                }
                return new long[] {Long.parseLong(fields[1]), Long.parseLong(fields[2])};
            }
        }
        throw new IOException("process " + pid() + " has ended");
    }

    @Override
    public void close() throws InterruptedException {
        questions.close();
        process.destroyForcibly().waitFor();
    }
}
