package dev.repoint.demo;

import java.util.concurrent.atomic.AtomicLong;

/// What the workers have done so far. Thread-safe.
final class Tally {

    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final AtomicLong longest = new AtomicLong();

    /// Counts a document.
    ///
    /// @param made how many calls it took
    /// @param wrongOnes how many of them returned a wrong text
    /// @param nanos how long it took
    void document(int made, int wrongOnes, long nanos) {
        calls.getAndAdd(made);
        if (wrongOnes > 0) {
            wrong.getAndAdd(wrongOnes);
        }
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    /// The calls so far.
    long calls() {
        return calls.get();
    }

    /// The wrong results so far.
    long wrong() {
        return wrong.get();
    }

    /// The longest time that one document took since this was asked last, in nanoseconds.
    long takeLongest() {
        return longest.getAndSet(0);
    }
}
