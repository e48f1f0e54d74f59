package dev.repoint.linux.poke;

import dev.repoint.elf.file.FileFailure;
import dev.repoint.linux.call.SignalAction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The threads of this process, all of them: a thread that blocks SIGTRAP and meets a breakpoint is killed by
/// the kernel, and the process with it.
final class Threads {

    private static final Path TASKS = Path.of("/proc/self/task");
    /// A thread that is being started blocks all signals for a moment, which is long where it has to wait for a CPU.
    private static final long PATIENCE_NANOS = 1_000_000_000;
    /// Threads of qemu-user, in which AArch64 is tried, run none of our code.
    private static final String EMULATOR = "qemu-aarch64";
    /// So many looks follow each other at once.
    private static final int TRIES = 50;
    /// The pause between later looks.
    private static final long PAUSE_NANOS = 1_000_000;
    /// A check holds for so long: it costs about 20 us a thread, and a thread can block a signal right after it
    /// anyway.
    private static final long VALID_NANOS = 50_000_000;

    private long checked;
    private boolean wasChecked;

    /// Checks that no thread blocks SIGTRAP.
    ///
    /// @throws PokeException if one does; the message names it
    @SuppressWarnings(
            "ThreadPriorityCheck") // yielding only makes it likelier that a thread gets to the end of its start
    void requireNoneBlocksTraps() {
        long now = System.nanoTime();
        if (wasChecked && now - checked < VALID_NANOS) {
            return;
        }
        List<Path> suspects = tasks();
        List<String> blocking = List.of();
        for (int i = 0; i < TRIES || System.nanoTime() - now < PATIENCE_NANOS; i++) {
            blocking = new ArrayList<>();
            List<Path> still = new ArrayList<>();
            for (Path each : suspects) {
                String name = blocks(each);
                if (name != null) {
                    blocking.add(name + " (" + each.getFileName() + ")");
                    still.add(each);
                }
            }
            if (still.isEmpty()) {
                wasChecked = true;
                checked = now;
                return;
            }
            suspects = still;
            if (i < TRIES) {
                Thread.yield();
            } else {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
        throw PokeException.of(
                0,
                "SIGTRAP is blocked by thread " + String.join(", ", blocking)
                        + ": it would be killed at a breakpoint; unblock the signal there (pthread_sigmask) before the"
                        + " patch");
    }

    private static List<Path> tasks() {
        List<Path> tasks = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(TASKS)) {
            all.forEach(tasks::add);
            return tasks;
        } catch (IOException e) {
            throw PokeException.of(0, "the threads of this process cannot be listed: " + FileFailure.reason(e), e);
        }
    }

    /// The name of a thread if it blocks SIGTRAP, else null; also if the thread has ended.
    private static @Nullable String blocks(Path task) {
        List<String> lines;
        try {
            lines = Files.readAllLines(task.resolve("status"), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return Files.exists(task) ? "whose state cannot be read: " + e : null;
        }
        String name = "";
        for (String line : lines) {
            if (line.startsWith("Name:")) {
                name = line.substring(5).strip();
            } else if (line.startsWith("State:") && (line.contains("Z (") || line.contains("X ("))) {
                return null;
            } else if (line.startsWith("SigBlk:")) {
                long mask = Long.parseUnsignedLong(line.substring(7).strip(), 16);
                return (mask >>> SignalAction.SIGTRAP - 1 & 1) != 0 && !name.equals(EMULATOR) ? name : null;
            }
        }
        return null;
    }
}
