package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/// Debian's PostgreSQL, as it is, with 44 backends that pgbench asks: what they import from the library of
/// mathematics is retargeted in each of its processes.
final class PostgresRun {

    private static final String SOCKET = ".s.PGSQL.5432";
    private static final int BACKENDS = 44;
    private static final int CLIENTS = 4;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final List<ProcessChange> SWAPPED =
            List.of(ProcessChange.parse("sin=cos"), ProcessChange.parse("cos=sin"));
    /// How often each backend of pgbench has said what the sine of 0 is.
    private static final String SEEN = "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'pgbench %d'";
    private static final String BACKENDS_OF_PGBENCH =
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'pgbench%' ORDER BY pid";

    private final Path folder;
    private final Path programs;
    private final List<String> user;

    /// @param folder   has the script of pgbench, and the data of a server in `data`
    /// @param programs where those of PostgreSQL are
    /// @param user     the beginning of a command that runs it as the user whom the data belongs to
    PostgresRun(Path folder, Path programs, List<String> user) {
        this.folder = folder;
        this.programs = programs;
        this.user = user;
    }

    /// @param rounds how often all processes are patched, and reset
    void run(int rounds) throws IOException, InterruptedException {
        Path socket = folder.resolve(SOCKET);
        try (Server running = server(folder, programs, user)) {
            Process init = pgbench("-i", "-q");
            if (init.waitFor() != 0) {
                throw new IOException("pgbench -i failed: " + said());
            }
            Process load = pgbench(
                    "-n",
                    "-c",
                    Integer.toString(BACKENDS),
                    "-j",
                    "2",
                    "-T",
                    "86400",
                    "-f",
                    folder.resolve("check.sql").toString());
            try {
                patched(running, socket, rounds, load);
            } finally {
                load.destroy();
                load.waitFor(10, TimeUnit.SECONDS);
            }
            running.requireAlive();
        }
    }

    /// Starts the server of a folder, and waits until it answers.
    static Server server(Path folder, Path programs, List<String> user) throws IOException, InterruptedException {
        Path socket = folder.resolve(SOCKET);
        List<String> command = new ArrayList<>(user);
        command.addAll(List.of(
                programs.resolve("postgres").toString(),
                "-D",
                folder.resolve("data").toString(),
                "-c",
                "listen_addresses=",
                "-c",
                "unix_socket_directories=" + folder,
                "-c",
                "autovacuum=off",
                "-c",
                "max_parallel_workers_per_gather=0",
                "-c",
                "fsync=off"));
        Server running = Server.start(folder, command);
        try {
            running.await(() -> isAnswering(socket));
            return running;
        } catch (IOException | RuntimeException e) {
            running.close();
            throw e;
        }
    }

    private void patched(Server running, Path socket, int rounds, Process pgbench)
            throws IOException, InterruptedException {
        Load load = new Load(CLIENTS, number -> new PostgresClient(socket, number));
        Distribution pauses = new Distribution();
        int places = 0;
        List<OtherProcess> processes = new ArrayList<>();
        try (Postgres probe = Postgres.connect(socket)) {
            awaitSeen(probe, 0, pgbench);
            List<String> backends = probe.ask(BACKENDS_OF_PGBENCH);
            // The first one first, so that new ones, which it forks, are as it is.
            processes.add(OtherProcess.open(running.pid()));
            for (long each : running.children()) {
                processes.add(OtherProcess.open(each));
            }
            for (int i = 0; i < 2 * rounds; i++) {
                boolean isSet = i % 2 == 0;
                for (OtherProcess each : processes) {
                    ProcessResult result = isSet ? each.set(SWAPPED) : each.reset(List.of());
                    pauses.add(result.pause().toNanos());
                    places = result.sites();
                }
                requireSine(isSet, probe);
                try (Postgres forked = Postgres.connect(socket)) {
                    requireSine(isSet, forked);
                }
                awaitSeen(probe, isSet ? 1 : 0, pgbench);
                load.requireRunning();
            }
            Load.Count seen = load.end();
            if (!backends.equals(probe.ask(BACKENDS_OF_PGBENCH)) || !said().isBlank()) {
                throw new IOException("a connection of pgbench was lost, or an answer was wrong: " + said());
            }
            System.out.printf(
                    Locale.ROOT,
                    "postgresql of Debian, %d processes: sin and cos have changed places and were restored %,d times"
                            + " in each, %d places by each of %,d patches, stops: %s%n",
                    processes.size(),
                    rounds,
                    places,
                    2L * rounds * processes.size(),
                    pauses.text());
            System.out.printf(
                    Locale.ROOT,
                    "postgresql of Debian: %d backends of pgbench have answered so each time, and %,d answers to %d"
                            + " clients were right; no connection was lost; longest round of 2 questions %.1f ms%n",
                    BACKENDS,
                    seen.answers(),
                    CLIENTS,
                    seen.longest() / 1e6);
        } finally {
            processes.forEach(OtherProcess::close);
        }
    }

    private static void requireSine(boolean isSet, Postgres server) throws IOException {
        List<String> found = server.ask("SELECT sin(0), cos(0)");
        if (!found.equals(List.of(isSet ? "1|0" : "0|1"))) {
            throw new IOException((isSet ? "set" : "reset") + ", and sine and cosine of 0 are " + found);
        }
    }

    /// Waits until each backend of pgbench has answered in this way.
    private void awaitSeen(Postgres probe, int sine, Process pgbench) throws IOException, InterruptedException {
        List<String> all = List.of(Integer.toString(BACKENDS));
        long start = System.nanoTime();
        for (List<String> seen = List.of(); !seen.equals(all); seen = probe.ask(SEEN.formatted(sine))) {
            if (System.nanoTime() - start > LIMIT_NANOS || !pgbench.isAlive()) {
                throw new IOException(seen + " of " + BACKENDS + " backends of pgbench say that the sine of 0 is "
                        + sine + ": " + said());
            }
            Thread.sleep(20);
        }
    }

    private Process pgbench(String... arguments) throws IOException {
        // A session of its own, and so the share of the processors that belongs to one.
        List<String> command = new ArrayList<>(List.of(
                "setsid", programs.resolve("pgbench").toString(), "-h", folder.toString(), "-U", Postgres.USER));
        command.addAll(List.of(arguments));
        command.add(Postgres.DATABASE);
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("pgbench").toFile())
                .start();
    }

    /// What pgbench complains of.
    private String said() throws IOException {
        return Files.readString(folder.resolve("pgbench"));
    }

    private static boolean isAnswering(Path socket) throws IOException {
        try (Postgres server = Postgres.connect(socket)) {
            return server.ask("SELECT 1").equals(List.of("1"));
        }
    }
}
