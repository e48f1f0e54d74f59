package dev.repoint.it.processes;

import dev.repoint.linux.process.OtherProcess;
import dev.repoint.linux.process.ProcessResult;
import dev.repoint.linux.process.ProcessState;
import dev.repoint.machine.site.NativeKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/// Functions are patched at their entries while a program calls them in several threads and checks all answers: each goes to
/// a function that counts it, and calls the default. Then patchers are killed.
final class CountedRun {

    private static final Killing.Moment[] MOMENTS = Killing.Moment.values();

    private final String name;
    private final Path folder;
    private final Path library;
    private final List<String> command;
    private final Random random;

    /// @param name    for what is printed
    /// @param library has the functions that count
    /// @param command the program, which is told its socket behind it
    CountedRun(String name, Path folder, Path library, List<String> command, long seed) {
        this.name = name;
        this.folder = folder;
        this.library = library;
        this.command = command;
        this.random = new Random(seed);
    }

    void run(int patches, int kills) throws IOException, InterruptedException {
        Path socket = folder.resolve("socket");
        List<String> whole = new ArrayList<>(command);
        whole.add(socket.toString());
        try (Server running = Server.start(folder, whole)) {
            running.await(socket);
            try (OtherProcess process = OtherProcess.open(running.pid())) {
                patch(process, running, socket, patches);
            }
            if (kills > 0) {
                kill(running, socket, kills);
            }
            CountedState last = CountedState.ask(socket);
            require("wrong answers", 0L, last.wrong());
            require("cut backtraces", 0L, last.cut());
            System.out.printf(
                    Locale.ROOT,
                    "%s: %,d rounds of %d functions in 4 threads, no answer was wrong; %,d backtraces from a timer went"
                            + " through moved instructions, and all were whole%n",
                    name,
                    last.rounds(),
                    last.keys().size(),
                    last.inside());
        }
    }

    private void patch(OtherProcess process, Server running, Path socket, int patches) throws IOException {
        Distribution pauses = new Distribution();
        CountedState first = CountedState.ask(socket);
        String state = first.none();
        for (int i = 0; i < patches; i++) {
            boolean isSet = state.indexOf('1') < 0 || state.indexOf('0') >= 0 && random.nextBoolean();
            String next = next(state, isSet);
            List<String> changing = changed(first.keys(), state, next);
            ProcessResult result = isSet
                    ? process.set(
                            changing.stream().map(CountedState::change).toList(),
                            KilledCounting.options(i == 0 ? library : null))
                    : process.reset(changing.stream().map(NativeKey::parse).toList());
            state = next;
            require(
                    "what is counted after patch " + i,
                    state,
                    CountedState.ask(socket).counted());
            pauses.add(result.pause().toNanos());
            running.requireAlive();
        }
        process.reset(List.of());
        require(
                "what is counted after the last reset",
                first.none(),
                CountedState.ask(socket).counted());
        Code code = Code.of(process);
        System.out.printf(
                Locale.ROOT,
                "%s: %,d patches of %d functions at their entries, pause: %s; %,d bytes of code were not those of the"
                        + " files after the last reset%n",
                name,
                patches,
                first.keys().size(),
                pauses.text(),
                code.other());
        require("bytes of code that the last reset did not restore", 0L, code.other());
    }

    /// What is counted after the next patch: one function more or less, or several.
    private String next(String state, boolean isSet) {
        StringBuilder next = new StringBuilder(state);
        char from = isSet ? '0' : '1';
        boolean changes = false;
        for (int i = 0; i < state.length(); i++) {
            boolean isLast = !changes && i == state.lastIndexOf(from);
            if (state.charAt(i) == from && (isLast || random.nextInt(4) == 0)) {
                next.setCharAt(i, isSet ? '1' : '0');
                changes = true;
            }
        }
        return next.toString();
    }

    private static List<String> changed(List<String> keys, String state, String next) {
        List<String> changed = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (state.charAt(i) != next.charAt(i)) {
                changed.add(keys.get(i));
            }
        }
        return changed;
    }

    private void kill(Server running, Path socket, int kills) throws IOException, InterruptedException {
        CountedState first = CountedState.ask(socket);
        List<String> arguments = new ArrayList<>(List.of(Long.toString(running.pid()), library.toString()));
        arguments.addAll(first.keys());
        int old = 0;
        int interrupted = 0;
        for (int i = 0; i < kills; i++) {
            Killing.run(KilledCounting.class, running.pid(), MOMENTS[i % MOMENTS.length], random, arguments);
            running.requireAlive();
            CountedState found = CountedState.ask(socket);
            require("wrong answers after kill " + i, 0L, found.wrong());
            try (OtherProcess process = OtherProcess.open(running.pid())) {
                List<ProcessState> status = process.status();
                require("what status tells after kill " + i, found.counted(), found.told(status));
                interrupted += status.stream().allMatch(ProcessState::isWhole) ? 0 : 1;
            }
            if (!found.counted().equals(first.none())) {
                require("what is counted after kill " + i, first.all(), found.counted());
            } else {
                old++;
            }
        }
        try (OtherProcess process = OtherProcess.open(running.pid())) {
            process.set(first.keys().stream().map(CountedState::change).toList(), KilledCounting.options(library));
            require(
                    "what is counted after the kills",
                    first.all(),
                    CountedState.ask(socket).counted());
            process.reset(List.of());
            require(
                    "what is counted in the end",
                    first.none(),
                    CountedState.ask(socket).counted());
        }
        System.out.printf(
                Locale.ROOT,
                "%s: %,d patchers were killed: all functions were old %d times and new %d times, as status told;"
                        + " %d patches were interrupted%n",
                name,
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
