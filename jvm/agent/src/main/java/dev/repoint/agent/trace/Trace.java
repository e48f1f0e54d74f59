package dev.repoint.agent.trace;

import dev.repoint.SafeText;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The calls that one request observes. Callers add to it, and the client that asked takes from it.
///
/// It ends when its limit is reached, when the client says so, or when the client has not asked for [#LEASE_NANOS]: one that
/// was killed leaves nothing behind.
///
/// Thread-safe.
public final class Trace {

    /// How long a client may be silent.
    public static final long LEASE_NANOS = 2_000_000_000L;

    private static final int MAX_WAITING = 10_000;

    private final TraceOptions options;
    private final Map<String, Counter> counters = new TreeMap<>();
    private final Queue<TraceRow> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong told = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final ThreadLocal<Boolean> isObserving = new ThreadLocal<>();
    private volatile long asked = System.nanoTime();
    private volatile @Nullable String ended;
    private volatile boolean isOff;

    /// A trace that observes nothing yet.
    ///
    /// @param options what to observe
    public Trace(TraceOptions options) {
        this.options = options;
    }

    /// A target that observes the calls of a method.
    ///
    /// @param key of the method, as text
    /// @param type of the method, the receiver first
    /// @param hasReceiver whether there is one
    /// @return a handle whose first parameter is the default, the others those of the method
    /// @throws ConditionException if the condition does not fit the method
    public MethodHandle target(String key, MethodType type, boolean hasReceiver) {
        Probe.Observer observer;
        if (options.isCount()) {
            Counter counter;
            synchronized (counters) {
                counter = counters.computeIfAbsent(key, absent -> new Counter(key, options.isTimed()));
            }
            observer = (thrown, result, nanos, arguments) -> counter.add(thrown != null, nanos);
        } else {
            boolean isVoid = type.returnType() == void.class;
            observer = (thrown, result, nanos, arguments) ->
                    observe(key, hasReceiver, isVoid, thrown, result, nanos, arguments);
        }
        return Probe.of(options.parsed(), type, hasReceiver, options.isTimed(), observer);
    }

    private void observe(
            String key,
            boolean hasReceiver,
            boolean isVoid,
            @Nullable Throwable thrown,
            @Nullable Object result,
            long nanos,
            @Nullable Object[] arguments) {
        if (ended != null || isObserving.get() != null) {
            return; // what is called here may be traced itself
        }
        isObserving.set(true);
        try {
            long number = told.incrementAndGet();
            if (number > options.limit()) {
                return;
            }
            if (size.get() < MAX_WAITING) {
                size.incrementAndGet();
                waiting.add(call(key, hasReceiver, isVoid, thrown, result, nanos, arguments));
            } else {
                dropped.incrementAndGet();
            }
            if (number == options.limit()) {
                end("limit");
            }
        } catch (RuntimeException | LinkageError | OutOfMemoryError | StackOverflowError e) {
            dropped.incrementAndGet(); // the program must not notice
        } finally {
            isObserving.remove();
        }
    }

    private static TraceRow call(
            String key,
            boolean hasReceiver,
            boolean isVoid,
            @Nullable Throwable thrown,
            @Nullable Object result,
            long nanos,
            @Nullable Object[] arguments) {
        List<String> texts = new ArrayList<>();
        for (Object each : arguments) {
            texts.add((hasReceiver && texts.isEmpty() ? "this " : "").concat(Values.text(each)));
        }
        return new TraceRow.Call(
                key,
                System.currentTimeMillis(),
                SafeText.of(Thread.currentThread().getName()),
                texts,
                thrown != null || isVoid ? "" : Values.text(result),
                Values.thrown(thrown),
                nanos);
    }

    /// Ends it: callers add nothing from now on. The first reason counts.
    ///
    /// @param reason a word for the client
    public void end(String reason) {
        if (ended == null) {
            ended = reason;
        }
    }

    /// Whether its targets have to be taken off.
    ///
    /// @return whether it has ended, or the client is silent
    public boolean isOver() {
        if (ended == null && System.nanoTime() - asked > LEASE_NANOS) {
            end("silence");
        }
        return ended != null;
    }

    /// Says that no call reaches its targets any more.
    public void takenOff() {
        isOff = true;
    }

    /// What there is since the last time. Asking keeps the trace alive.
    ///
    /// @return the calls, or the counts; the reason of its end last, when its targets are taken off
    public List<TraceRow> take() {
        asked = System.nanoTime();
        String reason = isOff ? ended : null; // before the calls, so that none is behind the end
        List<TraceRow> rows = new ArrayList<>();
        for (TraceRow row = waiting.poll(); row != null; row = waiting.poll()) {
            size.decrementAndGet();
            rows.add(row);
        }
        synchronized (counters) {
            counters.values().forEach(each -> rows.add(each.row()));
        }
        long lost = dropped.getAndSet(0);
        if (lost > 0) {
            rows.add(new TraceRow.Dropped(lost));
        }
        if (reason != null) {
            rows.add(new TraceRow.End(reason));
        }
        return rows;
    }
}
