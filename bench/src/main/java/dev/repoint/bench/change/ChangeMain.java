package dev.repoint.bench.change;

import java.util.function.IntUnaryOperator;
import javax.management.JMException;

/// One fork: compiles callers, changes what they call while one thread runs them, and prints what each change
/// cost.
public final class ChangeMain {

    private final Mechanism mechanism;
    private final IntUnaryOperator[] callers;
    private final Timeline timeline = new Timeline();
    private final Compilation compilation = new Compilation();
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
        compilation.awaitCompiled(callers.length);
        for (int i = 0; i < changes; i++) {
            boolean changed = i % 2 == 0;
            Callers.check(mechanism.toString(), callers, !changed);
            long start = System.nanoTime();
            change.to(changed);
            long end = System.nanoTime();
            compilation.awaitQuiet();
            Observation seen = Observation.of(timeline, start, end, System.nanoTime());
            Callers.check(mechanism.toString(), callers, changed);
            compilation.awaitCompiled(callers.length);
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
}
