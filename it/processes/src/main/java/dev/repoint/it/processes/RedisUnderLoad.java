package dev.repoint.it.processes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// A redis server that redis-benchmark asks without end. Both are ended when it is closed.
final class RedisUnderLoad implements AutoCloseable {

    private final Server server;
    private final Path socket;
    private final Process benchmark;
    private final Path said;

    private RedisUnderLoad(Server server, Path socket, Process benchmark, Path said) {
        this.server = server;
        this.socket = socket;
        this.benchmark = benchmark;
        this.said = said;
    }

    /// Starts both, and waits until the server answers.
    ///
    /// @param program   the server, built with the documented flags
    /// @param benchmark redis-benchmark
    /// @param folder    an empty one
    /// @param threads   how many threads it computes answers with
    static RedisUnderLoad start(Path program, Path benchmark, Path folder, int threads)
            throws IOException, InterruptedException {
        Path socket = folder.resolve("s");
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--port",
                "0",
                "--unixsocket",
                socket.toString(),
                "--save",
                "",
                "--dir",
                folder.toString()));
        if (threads > 1) {
            command.addAll(List.of("--io-threads", Integer.toString(threads), "--io-threads-do-reads", "yes"));
        }
        Server server = Server.start(folder, command);
        try {
            server.await(() -> isAnswering(socket));
            Path said = folder.resolve("benchmark");
            return new RedisUnderLoad(
                    server,
                    socket,
                    new ProcessBuilder(
                                    benchmark.toString(),
                                    "-s",
                                    socket.toString(),
                                    "-l",
                                    "-q",
                                    "-c",
                                    "20",
                                    "-n",
                                    "20000",
                                    "-t",
                                    "set,get,incr,lpush,lpop,sadd,hset,spop,mset")
                            .redirectErrorStream(true)
                            .redirectOutput(said.toFile())
                            .start(),
                    said);
        } catch (IOException | RuntimeException e) {
            server.close();
            throw e;
        }
    }

    Server server() {
        return server;
    }

    /// Where it takes connections.
    Path socket() {
        return socket;
    }

    /// @throws IOException if one of them does not run any more
    void requireRunning() throws IOException {
        server.requireAlive();
        if (!benchmark.isAlive()) {
            throw new IOException("redis-benchmark ended: " + Files.readString(said));
        }
    }

    /// Ends redis-benchmark.
    ///
    /// @throws IOException if it met an error, or got no answers; or the server does not run any more
    void endLoad() throws IOException, InterruptedException {
        requireRunning();
        endBenchmark();
        String found = Files.readString(said);
        if (found.toLowerCase(Locale.ROOT).contains("error") || !found.contains("rps=")) {
            throw new IOException("redis-benchmark met errors, or no answers: " + found);
        }
        server.requireAlive();
    }

    private void endBenchmark() throws InterruptedException {
        benchmark.destroy();
        benchmark.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        benchmark.destroy();
        server.close();
    }

    private static boolean isAnswering(Path socket) throws IOException {
        try (Redis redis = Redis.connect(socket)) {
            return redis.ask("PING").equals("+PONG");
        }
    }
}
