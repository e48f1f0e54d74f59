package dev.repoint.demo;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/// A service that writes documents as hexadecimal text with commons-codec, checks every result, and prints what
/// it has done each tenth of a second:
///
/// ```
/// ready 2 threads, 256 documents of 8192 bytes
/// nanos=100163211 cpu=195212000 calls=91234 wrong=0 longest=5170021 dropin=0
/// ```
///
/// `cpu` is the processor time of the whole process so far; `calls` and `wrong` count from the start; `longest`
/// is the longest time that a document took since the line before; `dropin` is how many calls arrived at the
/// drop-in, of which the service knows nothing but its counter. Times are nanoseconds. A line feed on standard
/// input is answered by such a line with ` marked` at its end. The service ends when its standard input does:
/// it never outlives who started it.
public final class DemoService {

    private static final int DOCUMENTS = 256;
    private static final int PERIOD_MILLIS = 100;
    private static final int MOST_THREADS = 4;
    private static final int CALLS_AT_ONCE = 50;
    private static final int ATTEMPTS = 100;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
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
        out.printf("ready %d threads, %d documents of %d bytes%n", threads, DOCUMENTS, Corpus.DOCUMENT);
        List<Thread> workers = IntStream.range(0, threads)
                .mapToObj(i -> new Worker(documents, i * DOCUMENTS / threads, tally))
                .map(worker -> Thread.ofPlatform().name("worker").start(worker))
                .toList();
        long start = System.nanoTime();
        try (ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor()) {
            ScheduledFuture<?> reports = reporter.scheduleAtFixedRate(
                    () -> report(out, start, tally, ""), PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
            for (int read = System.in.read(); read >= 0; read = System.in.read()) {
                if (read == '\n') {
                    report(out, start, tally, " marked");
                }
            }
            reports.cancel(false);
        }
        workers.forEach(Thread::interrupt);
    }

    /// The two counts belong together: they are read again if there were many calls in between.
    private static synchronized void report(PrintStream out, long start, Tally tally, String suffix) {
        long calls;
        long dropIn;
        long nanos;
        int attempt = 0;
        do {
            dropIn = dropInCalls();
            nanos = System.nanoTime() - start;
            calls = tally.calls();
        } while (dropInCalls() - dropIn > CALLS_AT_ONCE && ++attempt < ATTEMPTS);
        out.printf(
                "nanos=%d cpu=%d calls=%d wrong=%d longest=%d dropin=%d%s%n",
                nanos, processorTime(), calls, tally.wrong(), tally.takeLongest(), dropIn, suffix);
    }

    private static long processorTime() {
        return PROCESS.getProcessCpuTime();
    }

    private static long dropInCalls() {
        return System.getProperties().get(DROP_IN_CALLS) instanceof LongAdder counter ? counter.sum() : 0;
    }
}
