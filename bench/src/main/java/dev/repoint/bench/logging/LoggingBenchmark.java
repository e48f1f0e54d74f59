package dev.repoint.bench.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/// A call of `debug` for each element of an array that is copied with one added, behind a check and without
/// one. Where it logs, an event is made and counted; nothing is formatted or written.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class LoggingBenchmark {

    private static final int CALLS = 1_000;
    private static final Kind KIND = Kind.valueOf(System.getProperty(Kind.PROPERTY, Kind.PLAIN_OFF.name()));
    private static final Counter COUNTER = new Counter();
    private static final Logger LOG = logger();

    private final int[] numbers = new int[CALLS];
    private final int[] results = new int[CALLS];
    private final String name = "first";

    /// Numbers that no compiler knows.
    public LoggingBenchmark() {
        for (int i = 0; i < CALLS; i++) {
            numbers[i] = Integer.reverse(i) ^ i * 31;
        }
    }

    /// Counts events, and keeps none.
    private static final class Counter extends UnsynchronizedAppenderBase<ILoggingEvent> {

        private long events;

        @Override
        protected void append(ILoggingEvent event) {
            events++;
        }
    }

    private static Logger logger() {
        LoggerContext context = new LoggerContext();
        COUNTER.setContext(context);
        COUNTER.start();
        Logger logger = context.getLogger("dev.repoint.bench.orders");
        logger.setLevel(Level.valueOf(KIND.level()));
        logger.addAppender(COUNTER);
        return logger;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int[] guarded() {
        for (int i = 0; i < CALLS; i++) {
            if (LOG.isDebugEnabled()) {
                LOG.debug("order {}", name);
            }
            results[i] = numbers[i] + 1;
        }
        return results;
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int[] unguarded() {
        for (int i = 0; i < CALLS; i++) {
            LOG.debug("order {}", name);
            results[i] = numbers[i] + 1;
        }
        return results;
    }

    /// The same with no call at all.
    @Benchmark
    @OperationsPerInvocation(CALLS)
    public int[] without() {
        for (int i = 0; i < CALLS; i++) {
            results[i] = numbers[i] + 1;
        }
        return results;
    }

    /// Proves that what was measured did what its name says.
    @TearDown
    public void check() {
        COUNTER.events = 0;
        guarded();
        unguarded();
        long expected = KIND.logs() ? 2 * CALLS : 0;
        if (COUNTER.events != expected) {
            throw new IllegalStateException(KIND.label() + ": " + COUNTER.events + " events in place of " + expected);
        }
    }
}
