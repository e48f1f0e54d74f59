package dev.repoint.bench.change;

import dev.repoint.bench.Patching;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import javax.management.JMException;
import javax.management.ObjectName;

/// One fork: compiles callers, changes what they call while one thread runs them, and prints what each change cost.
public final class ChangeMain {

    private static final long QUIET = 200_000_000;
    private static final long PATIENCE = 120_000_000_000L;
    private static final long POLL = 2_000_000;

    private final Mechanism mechanism;
    private final IntUnaryOperator[] callers;
    private final Timeline timeline = new Timeline();
    private final CompilationMXBean compilation = ManagementFactory.getCompilationMXBean();
    private volatile boolean stopped;
    private volatile int sink;

    private ChangeMain(Mechanism mechanism, int callers) {
        this.mechanism = mechanism;
        this.callers = Callers.make(callers, mechanism.owner());
    }

    /// Runs one fork.
    ///
    /// @param args the mechanism, the number of callers, the number of changes
    /// @throws InterruptedException if the thread is interrupted
    /// @throws JMException if the JVM cannot list its compiled code
    public static void main(String[] args) throws InterruptedException, JMException {
        Mechanism mechanism = Mechanism.valueOf(args[0]);
        new ChangeMain(mechanism, Integer.parseInt(args[1])).measure(Integer.parseInt(args[2]));
    }

    private void measure(int changes) throws InterruptedException, JMException {
        Mechanism.Change change = mechanism.prepare();
        Thread worker = new Thread(this::work, "worker");
        worker.setDaemon(true);
        worker.start();
        awaitCompiled();
        for (int i = 0; i < changes; i++) {
            boolean changed = i % 2 == 0;
            check(!changed);
            long start = System.nanoTime();
            change.to(changed);
            long end = System.nanoTime();
            awaitQuiet();
            Observation seen = Observation.of(timeline, start, end, System.nanoTime());
            check(changed);
            awaitCompiled();
            System.out.println(seen.line());
        }
        stopped = true;
        worker.join();
    }

    private void work() {
        int x = 1;
        int units = 0;
        while (!stopped) {
            for (IntUnaryOperator caller : callers) {
                x = caller.applyAsInt(x);
                if (++units == Timeline.UNITS) {
                    units = 0;
                    timeline.note(System.nanoTime());
                }
            }
        }
        sink = x;
    }

    /// Proves that every caller reaches what it should.
    private void check(boolean changed) {
        int expected = 1;
        for (int i = 0; i < Callers.CALLS; i++) {
            expected = Integer.rotateLeft(expected, 5) + (changed ? Step.AFTER : Step.BEFORE);
        }
        for (IntUnaryOperator caller : callers) {
            Patching.check(mechanism + ": a caller", caller.applyAsInt(1), expected);
        }
    }

    /// Waits until every caller is in the code cache, made by the optimising compiler.
    private void awaitCompiled() throws JMException {
        long deadline = System.nanoTime() + PATIENCE;
        long compiled;
        do {
            awaitQuiet();
            compiled = compiledCallers();
        } while (compiled < callers.length && System.nanoTime() < deadline);
        if (compiled < callers.length) {
            throw new IllegalStateException("only " + compiled + " of " + callers.length + " callers were compiled");
        }
    }

    private static long compiledCallers() throws JMException {
        Object listing = ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "compilerCodelist",
                        new Object[0],
                        new String[0]);
        return listing.toString().lines().filter(Callers::isCompiledCaller).count();
    }

    /// Waits until nothing has been compiled for a while.
    private void awaitQuiet() {
        long deadline = System.nanoTime() + PATIENCE;
        long compiling = -1;
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the compiler does not come to rest");
            }
            long total = compilation.getTotalCompilationTime();
            if (total != compiling) {
                compiling = total;
                since = System.nanoTime();
            }
            LockSupport.parkNanos(POLL);
        }
    }
}
