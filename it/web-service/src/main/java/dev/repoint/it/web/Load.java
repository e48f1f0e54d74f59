package dev.repoint.it.web;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Clients that ask without pause, each in a thread of its own, and have every answer judged.
final class Load {

    private final Judge judge;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<Long>> clients = new ArrayList<>();
    private volatile boolean isOver;

    Load(Judge judge, int port, int number) {
        this.judge = judge;
        for (int i = 0; i < number; i++) {
            clients.add(threads.submit(() -> ask(new Client(port))));
        }
    }

    private long ask(Client client) throws IOException, InterruptedException {
        long answers = 0;
        for (; !isOver; answers++) {
            Stage before = judge.stage();
            long sent = System.nanoTime();
            String answer = client.quote();
            String fault = judge.fault(answer, before, sent);
            if (fault != null) {
                throw new IOException("wrong answer '" + answer + "': " + fault);
            }
        }
        return answers;
    }

    /// Throws what a client met, if one met something already.
    void requireRunning() throws IOException, InterruptedException {
        for (Future<Long> each : clients) {
            if (each.isDone()) {
                result(each);
            }
        }
    }

    /// Ends the clients.
    ///
    /// @return how many answers there were, all of them right
    /// @throws IOException what a client met
    long end() throws IOException, InterruptedException {
        isOver = true;
        threads.shutdown();
        long answers = 0;
        for (Future<Long> each : clients) {
            answers += result(each);
        }
        return answers;
    }

    private static long result(Future<Long> client) throws IOException, InterruptedException {
        try {
            return client.get();
        } catch (ExecutionException e) {
            throw new IOException("a client failed: " + e.getCause(), e);
        }
    }
}
