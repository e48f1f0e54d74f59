package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessChange;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Functions of stock libraries are patched at their entries while four threads call them and check all answers:
/// each goes to a function that counts it, and calls the default. Then patchers are killed.
final class StockRun {

    private static final Killing.Moment[] MOMENTS = Killing.Moment.values();

    private final Path folder;
    private final Path program;
    private final Path library;

    /// @param program `stock`
    /// @param library `libcounted.so`
    StockRun(Path folder, Path program, Path library) {
        this.folder = folder;
        this.program = program;
        this.library = library;
    }

    void run(int patches, int kills, long seed) throws IOException, InterruptedException {
        Path socket = folder.resolve("socket");
        try (Server running = Server.start(folder, List.of(program.toString(), socket.toString()))) {
            running.await(socket);
            Random random = new Random(seed);
            try (OtherProcess process = OtherProcess.open(running.pid())) {
                patch(process, running, socket, patches, random);
            }
            kill(running, socket, kills, random);
            StockState last = StockState.ask(socket);
            require("wrong answers", 0L, last.wrong());
            require("cut backtraces", 0L, last.cut());
            System.out.printf(
                    Locale.ROOT,
                    "stock: %,d rounds of %d functions in 4 threads, no answer was wrong; %,d times a timer interrupted"
                            + " moved instructions, and every backtrace was whole%n",
                    last.rounds(),
                    StockState.FUNCTIONS.size(),
                    last.inside());
        }
    }

    private void patch(OtherProcess process, Server running, Path socket, int patches, Random random)
            throws IOException {
        Distribution pauses = new Distribution();
        String state = StockState.NONE;
        for (int i = 0; i < patches; i++) {
            List<String> changing = new ArrayList<>();
            StringBuilder next = new StringBuilder(state);
            boolean isSet = state.indexOf('1') < 0 || state.indexOf('0') >= 0 && random.nextBoolean();
            for (int f = 0; f < StockState.FUNCTIONS.size(); f++) {
                boolean isCounted = state.charAt(f) == '1';
                boolean isLast = changing.isEmpty() && f >= (isSet ? state.lastIndexOf('0') : state.lastIndexOf('1'));
                if (isCounted != isSet && (isLast || random.nextInt(4) == 0)) {
                    changing.add(StockState.FUNCTIONS.get(f));
                    next.setCharAt(f, isSet ? '1' : '0');
                }
            }
            ProcessResult result = isSet
                    ? process.set(
                            changing.stream().map(StockState::change).toList(),
                            KilledCounting.options(i == 0 ? library : null))
                    : process.reset(changing.stream().map(NativeKey::parse).toList());
            state = next.toString();
            require(
                    "what is counted after patch " + i,
                    state,
                    StockState.ask(socket).counted());
            pauses.add(result.pause().toNanos());
            running.requireAlive();
        }
        process.reset(List.of());
        require(
                "what is counted after the last reset",
                StockState.NONE,
                StockState.ask(socket).counted());
        Code code = Code.of(process);
        System.out.printf(
                Locale.ROOT,
                "stock: %,d patches of %d functions of libc, libz and libcrypto at their entries, pause: %s; %,d bytes"
                        + " of code were not those of the files after the last reset%n",
                patches,
                StockState.FUNCTIONS.size(),
                pauses.text(),
                code.other());
        require("bytes of code that the last reset did not restore", 0L, code.other());
    }

    private void kill(Server running, Path socket, int kills, Random random) throws IOException, InterruptedException {
        int old = 0;
        int interrupted = 0;
        for (int i = 0; i < kills; i++) {
            Killing.run(
                    KilledCounting.class,
                    running.pid(),
                    MOMENTS[i % MOMENTS.length],
                    random,
                    List.of(Long.toString(running.pid()), library.toString()));
            running.requireAlive();
            String counted = StockState.ask(socket).counted();
            try (OtherProcess process = OtherProcess.open(running.pid())) {
                List<ProcessState> status = process.status();
                require("what status tells after kill " + i, counted, StockState.told(status));
                interrupted += status.stream().allMatch(ProcessState::isWhole) ? 0 : 1;
            }
            if (!counted.equals(StockState.NONE)) {
                require("what is counted after kill " + i, StockState.ALL, counted);
            } else {
                old++;
            }
        }
        try (OtherProcess process = OtherProcess.open(running.pid())) {
            List<ProcessChange> all =
                    StockState.FUNCTIONS.stream().map(StockState::change).toList();
            process.set(all, KilledCounting.options(library));
            require(
                    "what is counted after the kills",
                    StockState.ALL,
                    StockState.ask(socket).counted());
            process.reset(List.of());
            require(
                    "what is counted in the end",
                    StockState.NONE,
                    StockState.ask(socket).counted());
        }
        System.out.printf(
                Locale.ROOT,
                "stock: %,d patchers were killed: all functions were old %d times and new %d times, as status told;"
                        + " %d patches were interrupted%n",
                kills,
                old,
                kills - old,
                interrupted);
    }

    private static void require(String what, Object expected, Object found) throws IOException {
        if (!expected.equals(found)) {
            throw new IOException(what + ": expected " + expected + ", found " + found);
        }
    }
}
