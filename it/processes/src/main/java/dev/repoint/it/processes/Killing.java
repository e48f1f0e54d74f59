package dev.repoint.it.processes;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Starts [KilledPatcher], or another, in a JVM of its own, and kills it at a random moment. What it had said by then is
/// kept.
final class Killing {

    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
    /// Many patches are made in this time.
    private static final int WITHIN_NANOS = 300_000_000;
    private static final int STOPS = 8;
    /// As long as most stops.
    private static final int STOP_NANOS = 500_000;
    private static final long PAUSE_NANOS = 20_000;
    private static final char TRACED = 't';

    private final Process patcher;
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;
    private volatile int said;

    private Killing(Process patcher) {
        this.patcher = patcher;
        this.reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /// When the moment may be.
    enum Moment {
        /// At any time in the first patch, or soon after it.
        FIRST,
        /// At any time after the first patch.
        ANY,
        /// While the process stands still, which it seldom does.
        STOPPED
    }

    /// Does it.
    ///
    /// @param pid       of the process that is patched
    /// @param arguments of [KilledPatcher]
    /// @return what it said, from its first patch on
    /// @throws IOException if it ended by itself
    static List<String> run(long pid, Moment moment, Random random, List<String> arguments)
            throws IOException, InterruptedException {
        return run(KilledPatcher.class, pid, moment, random, arguments);
    }

    /// The same with another program.
    static List<String> run(Class<?> program, long pid, Moment moment, Random random, List<String> arguments)
            throws IOException, InterruptedException {
        // A session of its own, and so the share of the processors that belongs to one.
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(arguments);
        Killing killing = new Killing(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
        try {
            killing.await(() -> killing.said > 0);
            switch (moment) {
                case FIRST -> killing.spin(random.nextLong(4L * WITHIN_NANOS));
                case ANY -> {
                    killing.await(() -> killing.said > 1);
                    killing.spin(random.nextLong(WITHIN_NANOS));
                }
                case STOPPED -> {
                    killing.awaitStop(pid, 1 + random.nextInt(STOPS));
                    killing.spin(random.nextLong(STOP_NANOS));
                }
            }
        } finally {
            killing.patcher.toHandle().destroyForcibly(); // which leaves open what is to be read
            killing.patcher.waitFor();
            killing.reader.join();
        }
        if (killing.patcher.exitValue() != 128 + 9) {
            throw new IOException("a patcher ended by itself: " + killing.lines);
        }
        return killing.lines;
    }

    private void read() {
        patcher.inputReader(StandardCharsets.US_ASCII).lines().forEach(line -> {
            lines.add(line);
            said = lines.size();
        });
    }

    /// Waits until the process has been stopped so often, and is.
    private void awaitStop(long pid, int times) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile("/proc/" + pid + "/stat", "r")) {
            byte[] head = new byte[64];
            for (int i = 0; i < times; i++) {
                await(() -> !isStopped(file, head));
                await(() -> isStopped(file, head));
            }
        }
    }

    private static boolean isStopped(RandomAccessFile stat, byte[] head) {
        try {
            stat.seek(0);
            String text = new String(head, 0, stat.read(head), StandardCharsets.ISO_8859_1);
            return text.charAt(text.lastIndexOf(')') + 2) == TRACED;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await(BooleanSupplier what) {
        long start = System.nanoTime();
        while (!what.getAsBoolean() && System.nanoTime() - start < LIMIT_NANOS && patcher.isAlive()) {
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    /// Waits to the microsecond.
    private void spin(long nanos) {
        long start = System.nanoTime();
        for (long left = nanos; left > 0 && patcher.isAlive(); left = nanos - (System.nanoTime() - start)) {
            if (left > 10 * PAUSE_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            } else {
                Thread.onSpinWait();
            }
        }
    }
}
