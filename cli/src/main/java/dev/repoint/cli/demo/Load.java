package dev.repoint.cli.demo;

import dev.repoint.cli.home.CommandFailure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// Clients that ask the server without a break, each over a connection of its own, and check every answer.
final class Load implements Service, AutoCloseable {

    private static final int CLIENTS = 4;
    private static final long PERIOD_NANOS = 100_000_000;

    private final DetachedServer server;
    private final List<Invoice> invoices = Invoice.all();
    private final List<Client> clients = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private final LongAdder wrong = new LongAdder();
    private final LongAdder byTarget = new LongAdder();
    private final LongAccumulator longest = new LongAccumulator(Math::max, 0);
    private final AtomicInteger working = new AtomicInteger(CLIENTS);
    private final AtomicReference<@Nullable String> firstWrong = new AtomicReference<>();
    private final LinkedBlockingQueue<Boolean> marks = new LinkedBlockingQueue<>();
    private final long start = System.nanoTime();
    private volatile Phase phase = Phase.WARM_UP;
    private volatile boolean isOver;
    private long last;

    /// Begins.
    ///
    /// @param server to ask
    /// @throws IOException if it cannot be reached
    Load(DetachedServer server) throws IOException {
        this.server = server;
        try {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(new Client(server.port()));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
        for (int i = 0; i < CLIENTS; i++) {
            Client client = clients.get(i);
            int first = i;
            threads.add(Thread.ofPlatform().daemon().name("demo-client-" + i).start(() -> work(client, first)));
        }
    }

    /// What it does, for people to read.
    static String description() {
        return CLIENTS + " clients send requests over open HTTP connections, and check every answer.";
    }

    /// The first answer that was wrong, or the first request that failed.
    Optional<String> firstWrong() {
        return Optional.ofNullable(firstWrong.get());
    }

    @Override
    public Reading next() {
        long due = start + last + PERIOD_NANOS;
        boolean marked;
        try {
            marked = marks.poll(Math.max(0, due - System.nanoTime()), TimeUnit.NANOSECONDS) != null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("the demo was interrupted", e);
        }
        if (!server.isAlive()) {
            throw new CommandFailure(
                    "the demo's server (pid " + server.pid() + ") ended; on standard error it said: " + server.said());
        }
        if (working.get() == 0) {
            throw new CommandFailure(
                    "the demo's server (pid " + server.pid() + ") no longer answers: " + firstWrong.get());
        }
        long targets = byTarget.sum();
        last = System.nanoTime() - start;
        return new Reading(
                last, server.processorNanos(), answered.sum(), wrong.sum(), longest.getThenReset(), targets, marked);
    }

    @Override
    public void mark() {
        marks.add(true);
    }

    @Override
    public void enter(Phase next) {
        phase = next;
    }

    /// Ends the clients, after the requests that are under way.
    @Override
    public void close() throws IOException {
        isOver = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Client client : clients) {
            client.close();
        }
    }

    private void work(Client client, int first) {
        try {
            for (int i = first; !isOver; i++) {
                ask(client, invoices.get(i % invoices.size()));
            }
        } catch (IOException e) {
            wrong.increment();
            firstWrong.compareAndSet(null, "a request failed: " + e);
        } finally {
            working.decrementAndGet();
        }
    }

    private void ask(Client client, Invoice invoice) throws IOException {
        Phase begin = phase;
        long sent = System.nanoTime();
        String body = client.get(invoice.request());
        longest.accumulate(System.nanoTime() - sent);
        Phase end = phase;
        Optional<Answer> answer = invoice.answer(body);
        if (answer.filter(each -> each.isAllowed(begin, end)).isEmpty()) {
            wrong.increment();
            firstWrong.compareAndSet(
                    null,
                    "the answer '" + body.strip() + "' to a request that was sent "
                            + (begin == end ? "while " : "from " + begin.title() + " to ") + end.title());
        }
        if (answer.filter(each -> each.isByTarget(end)).isPresent()) {
            byTarget.increment();
        }
        answered.increment();
    }
}
