package dev.repoint.it.processes;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// Clients that ask a server without pause, each in a thread of its own, until they are told to end.
final class Load {

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Count>> work = new ArrayList<>();
    private volatile boolean isOver;

    /// One client.
    interface Client extends AutoCloseable {
        /// Asks a few things, and checks the answers.
        ///
        /// @return how many there were
        /// @throws IOException if a connection was lost, or an answer was wrong
        int round() throws IOException;

        @Override
        void close() throws IOException;
    }

    /// What the clients saw.
    ///
    /// @param answers how many were right: all, since a wrong one is an error
    /// @param longest the longest round of one client, in nanoseconds
    record Count(long answers, long longest) {
        Count plus(Count other) {
            return new Count(answers + other.answers, Math.max(longest, other.longest));
        }
    }

    /// @param number how many clients
    /// @param client makes each
    Load(int number, IntFunction<Client> client) {
        for (int i = 0; i < number; i++) {
            int which = i;
            work.add(threads.submit(() -> run(client.apply(which))));
        }
    }

    private Count run(Client client) throws IOException {
        long answers = 0;
        long longest = 0;
        try (client) {
            for (long before = System.nanoTime(); !isOver; ) {
                answers += client.round();
                long now = System.nanoTime();
                longest = Math.max(longest, now - before);
                before = now;
            }
        }
        return new Count(answers, longest);
    }

    /// Throws what went wrong, if something did already.
    void requireRunning() throws IOException, InterruptedException {
        for (Future<Count> each : work) {
            if (each.isDone()) {
                result(each);
            }
        }
    }

    /// Ends the clients.
    ///
    /// @throws IOException what one of them met
    Count end() throws IOException, InterruptedException {
        isOver = true;
        threads.shutdown();
        Count all = new Count(0, 0);
        for (Future<Count> each : work) {
            all = all.plus(result(each));
        }
        return all;
    }

    private static Count result(Future<Count> client) throws IOException, InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }
}
