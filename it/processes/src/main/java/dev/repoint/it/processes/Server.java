package dev.repoint.it.processes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A server that runs by itself: no child of this JVM, which could not patch it then. Ended when closed.
final class Server implements AutoCloseable {

    private static final String DETACHED = "log=$1; shift; setsid \"$@\" > \"$log\" 2>&1 < /dev/null & echo $!";

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final ProcessHandle handle;
    private final Path log;

    /// What a server shows when it is there.
    interface Sign {
        /// @throws IOException if it cannot be asked yet
        boolean isThere() throws IOException;
    }

    private Server(ProcessHandle handle, Path log) {
        this.handle = handle;
        this.log = log;
    }

    /// Starts it in a folder, where `log` keeps what it prints.
    static Server start(Path folder, List<String> command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> shell = new ArrayList<>(List.of("sh", "-c", DETACHED, "sh", log.toString()));
        shell.addAll(command);
        Process starter = new ProcessBuilder(shell)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String pid = new String(starter.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (starter.waitFor() != 0) {
            throw new IOException(command.getFirst() + " could not be started");
        }
        Optional<ProcessHandle> handle = ProcessHandle.of(Long.parseLong(pid.strip()));
        return new Server(
                handle.orElseThrow(() -> new IOException(command.getFirst() + " ended at once: see " + log)), log);
    }

    long pid() {
        return handle.pid();
    }

    /// Waits until its socket is there.
    ///
    /// @throws IOException if it ended, or has none within a minute
    void await(Path socket) throws IOException {
        await(() -> Files.exists(socket));
    }

    /// Waits until it shows a sign.
    ///
    /// @throws IOException if it ended, or does not show it within a minute
    void await(Sign sign) throws IOException {
        long start = System.nanoTime();
        IOException refusal = null;
        while (System.nanoTime() - start < LIMIT_NANOS) {
            try {
                if (sign.isThere()) {
                    return;
                }
            } catch (IOException e) {
                refusal = e;
            }
            requireAlive();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new IOException("the server is not there; it printed:\n" + Files.readString(log), refusal);
    }

    /// @throws IOException if it does not run any more
    void requireAlive() throws IOException {
        if (!handle.isAlive()) {
            throw new IOException("the server ended; it printed:\n" + Files.readString(log));
        }
    }

    /// How many threads it has.
    int threads() throws IOException {
        try (var tasks = Files.list(Path.of("/proc", Long.toString(pid()), "task"))) {
            return (int) tasks.count();
        }
    }

    /// The processes that it has started.
    List<Long> children() throws IOException {
        String pid = Long.toString(pid());
        List<Long> all = new ArrayList<>();
        for (String each : Files.readString(Path.of("/proc", pid, "task", pid, "children"))
                .strip()
                .split(" ")) {
            if (!each.isEmpty()) {
                all.add(Long.parseLong(each));
            }
        }
        return all;
    }

    @Override
    public void close() {
        handle.destroy();
        handle.onExit().join();
    }
}
