package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.SetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Debian's redis, as it is: the function that every command looks up its keys with is wrapped at its entry. The
/// target hides one key, and calls the default for all others.
final class LookupRun {

    private static final int CLIENTS = 8;
    private static final String KEY = "lookupKey";
    private static final String TARGET = "lookupKeyHiding";

    private final Path folder;
    private final Path library;

    /// @param library has lookupKeyHiding
    LookupRun(Path folder, Path library) {
        this.folder = folder;
        this.library = library;
    }

    /// @param rounds how often the cost is measured; 0 for not at all
    void run(int patches, int rounds) throws IOException, InterruptedException {
        Path socket = folder.resolve("s");
        List<String> command = List.of("redis-server", "--port", "0", "--unixsocket", socket.toString(), "--save", "");
        try (Server running = Server.start(folder, command)) {
            running.await(socket);
            Load load = new Load(CLIENTS, number -> new RedisClient(socket, number));
            try (OtherProcess process = OtherProcess.open(running.pid());
                    Redis probe = Redis.connect(socket)) {
                probe.ask("SET", "hidden", "value");
                Patching lookups = new Patching(process, KEY, TARGET, SetOptions.DEFAULT.withLibrary(library));
                lookups.run(patches, load, () -> isHidden(probe.ask("GET", "hidden")));
                Load.Count seen = load.end();
                WrappingCost cost = new WrappingCost(running, socket, rounds);
                cost.measure(isWrapped -> {
                    if (isWrapped) {
                        process.set(List.of(ProcessChange.parse(KEY + "=" + TARGET)));
                    } else {
                        process.reset(List.of());
                    }
                });
                running.requireAlive();
                System.out.println("redis of Debian: " + lookups.text(patches));
                System.out.printf(
                        Locale.ROOT,
                        "redis of Debian: %,d answers to %d clients were right; longest round of 7 questions %.1f ms%n",
                        seen.answers(),
                        CLIENTS,
                        seen.longest() / 1e6);
                if (rounds > 0) {
                    System.out.println("redis of Debian with each lookup wrapped: " + cost.text());
                }
            }
        }
    }

    private static boolean isHidden(String answer) throws IOException {
        if (!answer.equals("$-1") && !answer.equals("$5 value")) {
            throw new IOException("the answer is '" + answer + "'");
        }
        return answer.equals("$-1");
    }
}
