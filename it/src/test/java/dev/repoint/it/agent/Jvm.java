package dev.repoint.it.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.repoint.Repoint;
import dev.repoint.agent.control.Change;
import dev.repoint.agent.control.Outcome;
import dev.repoint.agent.control.RunningJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A JVM with one of the programs of these tests. It is told what to do line by line, and answers each with a
/// line.
final class Jvm implements AutoCloseable {

    /// The self-contained agent.
    static final Path AGENT = jar("agent");

    /// The runtime, for programs that bring it along.
    static final Path RUNTIME = jar("runtime");

    /// The option for programs that are to run as they do after hours: compiled well.
    static final String COMPILED = "-XX:TieredStopAtLevel=4";

    private static final long PATIENCE_NANOS = 60_000_000_000L;
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");

    private final Process process;
    private final Path errors;
    private final BufferedReader out;
    private final PrintWriter in;

    private Jvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
        this.out = process.inputReader();
        this.in = new PrintWriter(process.outputWriter(), true);
    }

    /// Starts one, for a short life: its code is compiled quickly, not well.
    ///
    /// @param arguments what follows `java`, such as [#COMPILED]
    static Jvm start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JAVA.toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("-XX:+EnableDynamicAgentLoading");
        command.add("-Xshare:auto");
        command.addAll(Arrays.asList(arguments));
        Path errors = Files.createTempFile("jvm", ".err");
        return new Jvm(
                new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
    }

    /// Starts one with further options.
    ///
    /// @param program what follows the options: `-cp`, the class path, the main class and its arguments
    static Jvm start(List<String> program, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(program);
        return start(arguments.toArray(String[]::new));
    }

    private static Path jar(String room) {
        return Path.of(
                        System.getProperty("repoint.home"),
                        "jvm",
                        room,
                        "target",
                        "repoint-" + room + "-" + Repoint.version() + ".jar")
                .toAbsolutePath()
                .normalize();
    }

    /// The option that starts the agent.
    static String agent(String options) {
        return "-javaagent:" + AGENT + (options.isEmpty() ? "" : "=" + options);
    }

    long pid() {
        return process.pid();
    }

    /// Tells the program something.
    ///
    /// @return its answer
    String ask(String line) throws IOException {
        in.println(line);
        return read();
    }

    /// Asks until the program answers as it should.
    void await(String line, String answer) throws IOException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        String answered = ask(line);
        while (!answered.equals(answer)) {
            String last = answered;
            assertThat(System.nanoTime())
                    .as(() -> line + " is answered with " + last + ", not with " + answer + "; " + errors())
                    .isLessThan(deadline);
            Thread.onSpinWait();
            answered = ask(line);
        }
    }

    /// The next line that the program prints.
    String read() throws IOException {
        String line = out.readLine();
        assertThat(line).as(() -> "the program has ended: " + errors()).isNotNull();
        return line;
    }

    /// Waits for the end of the program, which gets no more to do.
    ///
    /// @return its exit code
    int end() throws IOException, InterruptedException {
        in.close();
        out.lines().forEach(line -> {});
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the program ends").isTrue();
        return process.exitValue();
    }

    /// What the program has written to its standard error output, without what the JVM says about itself.
    List<String> errors() {
        try (var lines = Files.lines(errors)) {
            return lines.filter(line -> !line.contains("Sharing is only supported for boot loader classes"))
                    .toList();
        } catch (IOException e) {
            return List.of(e.toString());
        }
    }

    /// Connects as the command line does.
    RunningJvm connect() {
        return RunningJvm.connect(pid(), AGENT, line -> {});
    }

    /// Sets targets, given as `KEY=TARGET`.
    List<Outcome> set(String... changes) {
        try (RunningJvm jvm = connect()) {
            return jvm.set(Arrays.stream(changes).map(Jvm::change).toList(), List.of());
        }
    }

    /// As [#set], also where a method that does not return stays slow.
    List<Outcome> force(String... changes) {
        try (RunningJvm jvm = connect()) {
            return jvm.set(Arrays.stream(changes).map(Jvm::change).toList(), List.of(), true);
        }
    }

    /// Resets patchables, or all.
    List<Outcome> reset(String... keys) {
        try (RunningJvm jvm = connect()) {
            return jvm.reset(List.of(keys));
        }
    }

    static Change change(String assignment) {
        int equals = assignment.indexOf('=', assignment.indexOf(')') + 1);
        return new Change(assignment.substring(0, equals), assignment.substring(equals + 1));
    }

    /// Ends the program, as an operator does: so that it can clear away what it has in the folder for temporary
    /// files.
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(errors);
    }
}
