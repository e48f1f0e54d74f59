package dev.repoint.cli.demo;

import dev.repoint.cli.home.ChildJvm;
import dev.repoint.cli.home.CommandFailure;
import dev.repoint.cli.home.Home;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The service in a JVM of its own, without Repoint: no agent, and nothing of it on the class path.
///
/// It ends when it is closed, and when this process ends, however that ends: its standard input ends then.
final class ServiceProcess implements Service, AutoCloseable {

    private static final long SILENCE_SECONDS = 20;

    private final Process process;
    private final CompletableFuture<String> errors;
    private final BlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private final Thread stopper;
    private final String description;

    private ServiceProcess(Process process) throws IOException {
        this.process = process;
        this.stopper = new Thread(() -> ChildJvm.end(process), "demo-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
        this.errors = CompletableFuture.supplyAsync(
                this::readErrors, Thread.ofPlatform().daemon()::start);
        Thread.ofPlatform().daemon().name("demo-reader").start(this::readLines);
        try {
            this.description = take();
        } catch (CommandFailure e) {
            close();
            throw e;
        }
    }

    /// Starts it, and waits until it works.
    ///
    /// @throws CommandFailure if it does not
    static ServiceProcess start(Home home) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+EnableDynamicAgentLoading", // Attaching is what this is about: the JVM need not warn of it.
                "-cp",
                home.demoJar() + File.pathSeparator + home.demoLibrary(),
                "dev.repoint.demo.DemoService");
        return new ServiceProcess(new ProcessBuilder(command).start());
    }

    long pid() {
        return process.pid();
    }

    /// What it works on: `2 threads, 256 documents of 8192 bytes`.
    String description() {
        return description.replaceFirst("^ready ", "");
    }

    @Override
    public Reading next() {
        return Reading.parse(take());
    }

    @Override
    public void mark() {
        try {
            OutputStream commands = process.getOutputStream();
            commands.write('\n');
            commands.flush();
        } catch (IOException e) {
            throw ended();
        }
    }

    @Override
    public void close() {
        ChildJvm.end(process);
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // This process is ending, so the hook runs now.
        }
    }

    private String take() {
        try {
            Optional<String> line = lines.poll(SILENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new CommandFailure("the demo's service (pid " + pid() + ") has printed nothing for "
                        + SILENCE_SECONDS + " seconds; is this machine very busy?");
            }
            return line.orElseThrow(this::ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the demo was interrupted", e);
        }
    }

    private CommandFailure ended() {
        process.destroyForcibly();
        String said = errors.join().lines().findFirst().orElse("nothing");
        return new CommandFailure("the demo's service ended unexpectedly; on stderr it said: " + said);
    }

    private void readLines() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(Optional.of(line));
            }
        } catch (IOException e) {
            // The stream was closed under the reader: the process was stopped.
        }
        lines.add(Optional.empty());
    }

    private String readErrors() {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
