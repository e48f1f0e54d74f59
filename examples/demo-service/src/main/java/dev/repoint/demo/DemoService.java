package dev.repoint.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// A service that writes documents as hexadecimal text with commons-codec, checks every result, and prints what it has
/// done each tenth of a second:
///
/// ```
/// ready documents=256 bytes=2097152 threads=2
/// nanos=100163211 calls=91234 wrong=0 longest=5170021 dropin=0
/// ```
///
/// `calls` and `wrong` count from the start; `longest` is the longest time that a document took since the line
/// before, in nanoseconds; `dropin` is how many calls arrived at the drop-in, which the service knows nothing of but
/// its counter. The service ends when its standard input does, so that it never outlives who started it.
public final class DemoService {

    private static final int DOCUMENTS = 256;
    private static final int PERIOD_MILLIS = 100;
    private static final int MOST_THREADS = 4;
    private static final String DROP_IN_CALLS = "dev.repoint.demo.dropin.calls";

    private DemoService() {}

    /// Runs the service until standard input ends.
    ///
    /// @param arguments none
    /// @throws IOException if the documents cannot be read
    public static void main(String[] arguments) throws IOException {
        List<Document> documents = Corpus.of(Path.of(System.getProperty("java.home"), "lib"), DOCUMENTS);
        int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, MOST_THREADS);
        Tally tally = new Tally();
        PrintStream out = System.out;
        out.printf("ready documents=%d bytes=%d threads=%d%n", DOCUMENTS, DOCUMENTS * Corpus.DOCUMENT, threads);
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(i -> new Worker(documents, i * DOCUMENTS / threads, tally))
                .map(worker -> Thread.ofPlatform().name("worker").start(worker))
                .toList();
        long start = System.nanoTime();
        try (ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor()) {
            reporter.scheduleAtFixedRate(
                    () -> report(out, System.nanoTime() - start, tally), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            System.in.transferTo(PrintStream.nullOutputStream());
            reporter.shutdownNow();
        }
        workers.forEach(Thread::interrupt);
    }

    private static void report(PrintStream out, long nanos, Tally tally) {
        out.printf(
                "nanos=%d calls=%d wrong=%d longest=%d dropin=%d%n",
                nanos, tally.calls(), tally.wrong(), tally.takeLongest(), dropInCalls());
    }

    private static long dropInCalls() {
        return System.getProperties().get(DROP_IN_CALLS) instanceof LongAdder counter ? counter.sum() : 0;
    }
}
