package dev.repoint.agent.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// Counts calls of one method by what they took.
final class Counter {

    private static final int BUCKETS = 63;

    private final String key;
    private final LongAdder calls = new LongAdder();
    private final LongAdder thrown = new LongAdder();
    private final LongAdder[] times;

    Counter(String key, boolean isTimed) {
        this.key = key;
        times = new LongAdder[isTimed ? BUCKETS : 0];
        for (int i = 0; i < times.length; i++) {
            times[i] = new LongAdder();
        }
    }

    void add(boolean hasThrown, long nanos) {
        calls.increment();
        if (hasThrown) {
            thrown.increment();
        }
        if (times.length > 0) {
            times[Long.SIZE - 1 - Long.numberOfLeadingZeros(Math.max(1, nanos))].increment();
        }
    }

    TraceRow.Count row() {
        List<Long> buckets = new ArrayList<>();
        int last = times.length;
        while (last > 0 && times[last - 1].sum() == 0) {
            last--;
        }
        for (int i = 0; i < last; i++) {
            buckets.add(times[i].sum());
        }
        return new TraceRow.Count(key, calls.sum(), thrown.sum(), buckets);
    }
}
