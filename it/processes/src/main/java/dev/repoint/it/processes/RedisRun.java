package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/// redis under load: functions of it are retargeted to others that it has.
final class RedisRun {

    private static final int CLIENTS = 8;

    private final Path server;
    private final Path benchmark;
    private final Path folder;

    /// @param server    the program, built with the documented flags
    /// @param benchmark redis-benchmark
    /// @param folder    an empty one
    RedisRun(Path server, Path benchmark, Path folder) {
        this.server = server;
        this.benchmark = benchmark;
        this.folder = folder;
    }

    /// @param threads how many threads it computes answers with
    /// @param few     patches of a function of few dozens of sites
    /// @param many    patches of one of hundreds
    void run(int threads, int few, int many) throws IOException, InterruptedException {
        try (RedisUnderLoad redis = RedisUnderLoad.start(server, benchmark, folder, threads)) {
            patched(redis.server(), redis.socket(), few, many);
            redis.endLoad();
        }
    }

    private void patched(Server running, Path socket, int few, int many) throws IOException, InterruptedException {
        Load load = new Load(CLIENTS, number -> new RedisClient(socket, number));
        try (OtherProcess process = OtherProcess.open(running.pid());
                Redis probe = Redis.connect(socket)) {
            require(":1", probe.ask("HSET", "probe", "field", "value"));
            // A field that a hash does not have: null, or an array that is null.
            Patching nulls = new Patching(process, "addReplyNull", "addReplyNullArray");
            nulls.run(few, load, () -> isSecond(probe.ask("HGET", "probe", "none"), "$-1", "*-1"));
            // The settings, in two kinds of strings.
            Patching strings = new Patching(process, "addReplyBulkCString", "addReplyStatus");
            strings.run(
                    many,
                    load,
                    () -> isSecond(
                            probe.ask("CONFIG", "GET", "maxmemory"), "*2 $9 maxmemory $1 0", "*2 +maxmemory $1 0"));
            require(true, process.status().isEmpty());
            Load.Count seen = load.end();
            System.out.println("redis, " + running.threads() + " threads: " + nulls.text(few));
            System.out.println("redis, " + running.threads() + " threads: " + strings.text(many));
            System.out.printf(
                    Locale.ROOT,
                    "redis, %d threads: %,d answers to %d clients were right, no connection was lost; longest round of"
                            + " 7 questions %.1f ms%n",
                    running.threads(),
                    seen.answers(),
                    CLIENTS,
                    seen.longest() / 1e6);
            require(true, nulls.sites() >= 30 && strings.sites() >= 280);
        }
    }

    private static boolean isSecond(String answer, String first, String second) throws IOException {
        if (!answer.equals(first) && !answer.equals(second)) {
            throw new IOException("expected '" + first + "' or '" + second + "', and the answer is '" + answer + "'");
        }
        return answer.equals(second);
    }

    private static void require(Object expected, Object found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException("expected " + expected + ", found " + found);
        }
    }
}
