package dev.repoint.bench.change;

import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import javax.management.JMException;

/// One fork: one thread runs compiled callers while another changes what they call, so many times a second. It
/// prints how many calls a second were made at each rate, and how many changes.
public final class Rates {

    /// The rates that are asked for, in changes a second. The first and the last are measured while it is
    /// quiet.
    static final int[] WANTED = {0, 1, 10, 100, 1_000, 10_000, 0};

    private static final String WORD = "rate";
    private static final double NANOS = 1e9;
    /// How long the compiler may take to follow.
    private static final long BEFORE = 1_000_000_000L;
    /// How long it may take until a key that chooses its mode is changed often, at ten changes a second and
    /// fewer.
    private static final long OFTEN = 4_000_000_000L;
    private static final int SLOWLY = 10;

    private final Pointing pointing;
    private final IntUnaryOperator[] callers;
    private final Runnable[] changes;
    private final long nanos;
    private final long quiet;
    private volatile boolean stopped;
    private volatile long done;
    private volatile int sink;
    private long made;

    private Rates(Pointing pointing, int callers, long nanos, long quiet) {
        this.pointing = pointing;
        this.callers = Callers.make(callers, pointing.owner());
        this.nanos = nanos;
        this.quiet = quiet;
        changes = pointing.changes();
    }

    /// What was seen at one rate.
    ///
    /// @param calls millions a second
    /// @param changes a second
    record Seen(double calls, double changes) {

        static boolean isLine(String line) {
            return line.startsWith(WORD + " ");
        }

        static Seen parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Seen(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        }

        String line() {
            return WORD + " " + calls + " " + changes;
        }
    }

    /// Runs one fork.
    ///
    /// @param args a [Pointing], the number of callers, milliseconds for each rate, milliseconds until a key is
    ///     quiet
    /// @throws InterruptedException if the thread is interrupted
    /// @throws JMException if the JVM cannot list its compiled code
    public static void main(String[] args) throws InterruptedException, JMException {
        new Rates(Pointing.valueOf(args[0]), Integer.parseInt(args[1]), millis(args[2]), millis(args[3])).measure();
    }

    private void measure() throws InterruptedException, JMException {
        Thread worker = new Thread(this::work, "worker");
        worker.setDaemon(true);
        worker.start();
        Compilation compilation = new Compilation();
        for (int way = 1; way >= 0; way--) {
            changes[way].run();
            compilation.awaitCompiled(callers.length);
            Callers.check(pointing.label(), callers, pointing.isChanged() && way == 1);
        }
        for (int i = 0; i < WANTED.length; i++) {
            boolean after = pointing.choosesItsMode() && i > 0 && WANTED[i] == 0;
            boolean slowly = pointing.choosesItsMode() && WANTED[i] > 0 && WANTED[i] <= SLOWLY;
            change(WANTED[i], after ? quiet + BEFORE : slowly ? OFTEN : BEFORE);
            System.out.println(change(WANTED[i], nanos).line());
        }
        Callers.check(pointing.label(), callers, pointing.isChanged() && made % 2 == 1);
        stopped = true;
        worker.join();
    }

    private static long millis(String text) {
        return Long.parseLong(text) * 1_000_000;
    }

    /// Changes so many times a second, or as many times as it can, for so long.
    private Seen change(int rate, long nanos) {
        long start = System.nanoTime();
        long end = start + nanos;
        long doneBefore = done;
        long madeBefore = made;
        if (rate == 0) {
            awaitUntil(end);
        } else {
            long interval = (long) (NANOS / rate);
            for (long next = start; next < end; next += interval) {
                awaitUntil(next);
                if (System.nanoTime() >= end) {
                    break;
                }
                made++;
                changes[(int) (made % 2)].run();
            }
            awaitUntil(end);
        }
        double seconds = (System.nanoTime() - start) / NANOS;
        return new Seen((done - doneBefore) * Callers.CALLS / 1e6 / seconds, (made - madeBefore) / seconds);
    }

    private static void awaitUntil(long moment) {
        for (long left = moment - System.nanoTime(); left > 0; left = moment - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // there is one writer
    private void work() {
        int x = 1;
        while (!stopped) {
            for (IntUnaryOperator caller : callers) {
                x = caller.applyAsInt(x);
                done++;
            }
        }
        sink = x;
    }
}
