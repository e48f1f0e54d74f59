package dev.repoint.it.log4shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.acme.guestbook.Attacker;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The guest book of the example in a JVM of its own, and who attacks it.
final class Guest implements AutoCloseable {

    static final Path HOME =
            Path.of(System.getProperty("repoint.home")).toAbsolutePath().normalize();

    private static final Path TARGET = HOME.resolve("examples/log4shell/target");
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Process process;
    private final Path log;
    private final Attacker attacker;

    private Guest(Process process, Path log, Attacker attacker) {
        this.process = process;
        this.log = log;
        this.attacker = attacker;
    }

    /// The jar with the hole, as Maven Central has it.
    static Path core() {
        return TARGET.resolve("lib/log4j-core-2.14.1.jar");
    }

    /// Starts the service.
    ///
    /// @param folder a folder of the test
    /// @param more what it has on its class path besides its own classes and the interface of Log4j
    /// @param options options of its JVM
    static Guest start(Path folder, List<Path> more, String... options) throws IOException {
        Path port = folder.resolve("port");
        Files.deleteIfExists(port);
        Path log = folder.resolve("guestbook.log");
        List<String> command = new ArrayList<>(List.of(
                JAVA.toString(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classPath(more), "com.acme.guestbook.Guestbook", port.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Guest(process, log, new Attacker(await(port, process, log)));
        } catch (IOException | RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String classPath(List<Path> more) {
        return Stream.concat(
                        Stream.of(TARGET.resolve("classes"), TARGET.resolve("lib/log4j-api-2.14.1.jar")), more.stream())
                .map(Path::toString)
                .reduce((a, b) -> a + File.pathSeparator + b)
                .orElseThrow();
    }

    private static int await(Path port, Process process, Path log) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!Files.exists(port)) {
            assertThat(process.isAlive())
                    .as(() -> "the service runs: " + read(log))
                    .isTrue();
            assertThat(System.nanoTime())
                    .as(() -> "the service listens: " + read(log))
                    .isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
        return Integer.parseInt(Files.readString(port));
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    String pid() {
        return Long.toString(process.pid());
    }

    /// Attacks once.
    ///
    /// @return whether the service asked the attacker's server
    boolean asksTheAttacker() throws IOException, InterruptedException {
        return attacker.attack();
    }

    /// What the service has logged.
    String log() {
        return read(log);
    }

    @Override
    public void close() throws Exception {
        attacker.close();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
