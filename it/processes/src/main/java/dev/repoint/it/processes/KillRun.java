package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.linux.process.SetOptions;
import dev.repoint.machine.choice.PatchChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/// redis under load, and patchers of it that are killed: each time it must be wholly old or wholly new, go on,
/// and say of itself what it does.
final class KillRun {

    private static final int CLIENTS = 2;
    private static final int WITNESSES = 2;
    /// Every tenth patcher has libraries loaded.
    private static final int LOADING = 10;
    /// After so many kills it says how it goes.
    private static final int SAID = 100;

    private final RedisUnderLoad redis;
    private final Path library;
    private final Path copies;
    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Map<RedisState, Integer> states = new EnumMap<>(RedisState.class);
    private RedisState state = RedisState.OLD;
    private List<ProcessState> status = List.of();
    private int patches;
    private int refused;
    private int bringing;
    private int sites;

    /// @param library has addReplyNone
    /// @param copies  a folder for copies of it
    KillRun(RedisUnderLoad redis, Path library, Path copies) {
        this.redis = redis;
        this.library = library;
        this.copies = copies;
    }

    void run(int kills, long seed) throws IOException, InterruptedException {
        Files.createDirectory(copies);
        Random random = new Random(seed);
        Load load = new Load(
                CLIENTS + WITNESSES,
                number ->
                        number < CLIENTS ? new RedisClient(redis.socket(), number) : new RedisWitness(redis.socket()));
        long pid = redis.server().pid();
        try (OtherProcess process = OtherProcess.open(pid);
                Redis probe = Redis.connect(redis.socket())) {
            probe.ask("HSET", "probe", "field", "value");
            for (int i = 0; i < kills; i++) {
                List<String> arguments = new ArrayList<>(List.of(Long.toString(pid), Integer.toString(i)));
                boolean isLoading = i % LOADING == LOADING - 1;
                if (isLoading) {
                    arguments.addAll(List.of(library.toString(), copies.toString()));
                }
                List<String> said = Killing.run(pid, moment(i), random, arguments);
                try {
                    look(process, probe, said);
                } catch (IOException e) {
                    throw new IOException(
                            "kill " + i + " of seed " + seed + ": " + e.getMessage() + "; the patcher said last "
                                    + said.subList(Math.max(0, said.size() - 4), said.size()),
                            e);
                }
                redis.requireRunning();
                load.requireRunning();
                if (i == kills - 1 || i % SAID == SAID - 1) {
                    print(i + 1, seed);
                }
            }
            Load.Count seen = load.end();
            reset(pid, probe);
            System.out.printf(
                    Locale.ROOT,
                    "redis: %,d answers to %d clients were right, no connection was lost; longest round %.1f ms%n",
                    seen.answers(),
                    CLIENTS + WITNESSES,
                    seen.longest() / 1e6);
        }
    }

    private void print(int kills, long seed) {
        System.out.printf(
                Locale.ROOT,
                "redis: %,d patchers were killed (seed %d): %s; %d while a library was brought; %d patches were"
                        + " refused because a thread did not stop in time%n",
                kills,
                seed,
                counts(endings, Ending::text),
                bringing,
                refused);
        System.out.printf(
                Locale.ROOT,
                "redis: after each kill the answers were of one state, which status told: %s%n",
                counts(states, each -> each.name().toLowerCase(Locale.ROOT)));
    }

    /// Half of the kills are at moments at which the process stands still; so are half of those of a patcher
    /// that loads.
    private static Killing.Moment moment(int kill) {
        if (kill / LOADING % 2 == kill % 2) {
            return Killing.Moment.STOPPED;
        }
        return kill % LOADING < 2 ? Killing.Moment.FIRST : Killing.Moment.ANY;
    }

    private static <T> String counts(Map<T, Integer> counts, Function<T, String> text) {
        return counts.entrySet().stream()
                .map(each -> each.getValue() + " " + text.apply(each.getKey()))
                .collect(Collectors.joining(", "));
    }

    /// Looks at what a patcher has left.
    ///
    /// @param said by it
    private void look(OtherProcess process, Redis probe, List<String> said) throws IOException {
        RedisState before = state;
        RedisState begun = null;
        for (String line : said) {
            if (begun != null && KilledPatcher.isEnd(line)) {
                before = begun;
                status = List.of();
                patches++;
            }
            begun = KilledPatcher.begun(line);
            refused += begun == null && !KilledPatcher.isEnd(line) ? 1 : 0;
        }
        List<ProcessState> now = process.status();
        state = RedisState.seen(probe);
        require("what the answers show and status does not tell", RedisState.told(now), state);
        if (state != begun) {
            require("the state, with no patch to it", before, state);
        }
        endings.merge(Ending.of(begun, state, status, now), 1, Integer::sum);
        states.merge(state, 1, Integer::sum);
        bringing += begun == RedisState.LOADED && state != begun ? 1 : 0;
        sites = Math.max(sites, now.stream().mapToInt(ProcessState::sites).sum());
        status = now;
    }

    /// Sets all once more and resets it, and compares the code with the file.
    private void reset(long pid, Redis probe) throws IOException {
        try (OtherProcess last = OtherProcess.open(pid)) {
            last.set(RedisState.NEW.changes(), SetOptions.DEFAULT.withChoice(PatchChoice.SITES));
            require("the state after the last set", RedisState.NEW, RedisState.seen(probe));
            require("whether the code was changed then", true, Code.of(last).other() > 0);
            last.reset(List.of());
            require("the state after the last reset", RedisState.OLD, RedisState.seen(probe));
            require("the status after the last reset", List.of(), last.status());
            Code code = Code.of(last);
            require("the bytes of code that the last reset did not restore", 0L, code.other());
            System.out.printf(
                    Locale.ROOT,
                    "redis: %,d patches of %d sites, %d libraries loaded; after the last reset all %,d bytes of code"
                            + " were those of the file%n",
                    patches,
                    sites,
                    last.files().stream()
                            .filter(each -> each.path().startsWith(copies))
                            .count(),
                    code.bytes());
        }
    }

    private static void require(String what, Object expected, Object found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(what + ": expected " + expected + ", found " + found);
        }
    }
}
