package dev.repoint.bench.process;

import dev.repoint.bench.calls.Patching;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/// The program that is patched, while it runs. It is no child of this JVM, and its main thread reads the clock
/// without a break and keeps the longest gap.
final class Target implements AutoCloseable {

    private static final String SCRIPT = "setsid \"$@\" < /dev/null > /dev/null 2>&1 & echo $!";
    private static final long LONGEST_SECONDS = 600;
    private static final long SILENCE_NANOS = Duration.ofSeconds(30).toNanos();
    private static final int PAGE = 4096;
    private static final MemoryLayout LAYOUT = MemoryLayout.structLayout(
            ValueLayout.JAVA_LONG.withName("asked"),
            ValueLayout.JAVA_LONG.withName("answered"),
            ValueLayout.JAVA_LONG.withName("longest"),
            ValueLayout.JAVA_LONG.withName("result"),
            ValueLayout.JAVA_LONG.withName("add_one"),
            ValueLayout.JAVA_LONG.withName("add_two"));

    private final Arena arena = Arena.ofShared();
    private final Path file;
    private final MemorySegment page;
    private final ProcessHandle process;
    private final int sites;
    private final Thread stopper;

    /// Starts it.
    ///
    /// @param program to run
    /// @param sites how many its hook has
    /// @param threads how many it is to have
    Target(Path program, int sites, int threads) throws IOException {
        this.sites = sites;
        this.file = Files.createTempFile("repoint-bench", ".page");
        Files.write(file, new byte[PAGE]);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            this.page = channel.map(FileChannel.MapMode.READ_WRITE, 0, LAYOUT.byteSize(), arena);
        }
        Process shell = new ProcessBuilder(
                        "sh",
                        "-c",
                        SCRIPT,
                        "sh",
                        program.toString(),
                        file.toString(),
                        Integer.toString(threads),
                        Long.toString(LONGEST_SECONDS))
                .redirectErrorStream(true)
                .start();
        String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        this.process =
                ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new IOException(program + " ended at once"));
        this.stopper = new Thread(process::destroyForcibly, "target-stopper");
        Runtime.getRuntime().addShutdownHook(stopper);
    }

    long pid() {
        return process.pid();
    }

    /// Where the default is. A window has to have ended before.
    long addOne() {
        return (long) field("add_one").get(page, 0L);
    }

    /// Where the other function is. A window has to have ended before.
    long addTwo() {
        return (long) field("add_two").get(page, 0L);
    }

    /// Ends a window, begins the next one, and proves where all sites lead.
    ///
    /// @param adds what each site is to add
    /// @return the longest gap that the program saw in the window that ended, in nanoseconds
    long window(int adds) throws IOException {
        return windowOf(sites * adds);
    }

    /// Ends a window, begins the next one, and proves where all sites lead.
    ///
    /// @param sum what all sites together are to add
    /// @return the longest gap that the program saw in the window that ended, in nanoseconds
    long windowOf(int sum) throws IOException {
        VarHandle answered = field("answered");
        long asked = (long) field("asked").get(page, 0L) + 1;
        field("asked").setVolatile(page, 0L, asked);
        long start = System.nanoTime();
        while ((long) answered.getVolatile(page, 0L) != asked) {
            if (System.nanoTime() - start > SILENCE_NANOS || !process.isAlive()) {
                throw new IOException("the program that is patched (" + pid() + ") does not answer");
            }
            Thread.onSpinWait();
        }
        Patching.check(sites + " sites", Math.toIntExact((long) field("result").get(page, 0L)), sum);
        return (long) field("longest").get(page, 0L);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Runtime.getRuntime().removeShutdownHook(stopper);
        arena.close();
        Files.delete(file);
    }

    private static VarHandle field(String name) {
        return LAYOUT.varHandle(MemoryLayout.PathElement.groupElement(name));
    }
}
