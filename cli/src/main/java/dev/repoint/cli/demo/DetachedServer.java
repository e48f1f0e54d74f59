package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// The server of the demo of native code. It is no child of this process, as no server that somebody wants to
/// patch is.
///
/// It ends when it is closed, when this process ends, and by itself after some minutes, if this process was
/// killed.
final class DetachedServer implements AutoCloseable {

    private static final long END_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long LOOK_NANOS = Duration.ofMillis(1).toNanos();

    /// Starts `$1` in a session of its own, prints its id, and then the first line that it prints, which is its
    /// port. What it says on standard error goes to `$4`.
    private static final String SCRIPT = """
        mkfifo "$3" || exit 1
        if command -v setsid > /dev/null; then own=setsid; else own=; fi
        $own "$1" "$2" < /dev/null > "$3" 2> "$4" &
        echo $!
        read -r port < "$3"
        rm -f "$3"
        echo "$port"
        """;

    private final ProcessHandle process;
    private final int port;
    private final Path errors;
    private final Thread stopper;

    private DetachedServer(ProcessHandle process, int port, Path errors) {
        this.process = process;
        this.port = port;
        this.errors = errors;
        this.stopper = new Thread(process::destroyForcibly, "demo-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    /// Starts it, and waits until it listens.
    ///
    /// @param program the server
    /// @param folder for what it says on standard error
    /// @param longest how long it may live, if nobody ends it before
    /// @throws CommandFailure if it does not come up
    /// @throws IOException if no shell can be started
    static DetachedServer start(Path program, Path folder, Duration longest) throws IOException {
        Path errors = folder.resolve("errors");
        Process shell = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        SCRIPT,
                        "sh",
                        program.toString(),
                        Long.toString(longest.toSeconds()),
                        folder.resolve("port").toString(),
                        errors.toString()))
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        try (BufferedReader lines = shell.inputReader(StandardCharsets.UTF_8)) {
            String pid = String.valueOf(lines.readLine());
            ProcessHandle process =
                    isNumber(pid) ? ProcessHandle.of(Long.parseLong(pid)).orElse(null) : null;
            String port = String.valueOf(lines.readLine());
            if (process != null && isNumber(port)) {
                shell.onExit().join(); // until then it is a child of a child
                return new DetachedServer(process, Integer.parseInt(port), errors);
            }
            if (process != null) {
                process.destroyForcibly();
            }
            throw new CommandFailure(
                    "the demo's server does not start; it says: " + (isNumber(pid) ? said(errors) : pid));
        }
    }

    long pid() {
        return process.pid();
    }

    /// Where it listens, on the loopback interface.
    int port() {
        return port;
    }

    /// Whether it still runs. One that has ended may be in the list of processes for a while, until the first
    /// process of the system has taken note of it (proc(5), `/proc/pid/stat`, states Z and X).
    boolean isAlive() {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid()), "stat"), StandardCharsets.ISO_8859_1);
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return process.isAlive() && state != 'Z' && state != 'X';
        } catch (IOException e) {
            return false;
        }
    }

    /// Processor time that it used so far, in nanoseconds.
    long processorNanos() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
    }

    /// What it said on standard error.
    String said() {
        return said(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        // It is no child, so nobody tells when it has ended.
        long limit = System.nanoTime() + END_NANOS;
        while (isAlive() && System.nanoTime() < limit) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        try {
            Runtime.getRuntime().removeShutdownHook(stopper);
        } catch (IllegalStateException e) {
            // This process is ending, so the hook runs now.
        }
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    private static String said(Path errors) {
        try {
            return Files.readString(errors).lines().findFirst().orElse("nothing");
        } catch (IOException e) {
            return "nothing";
        }
    }
}
