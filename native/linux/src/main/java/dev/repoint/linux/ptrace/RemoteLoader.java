package dev.repoint.linux.ptrace;

import dev.repoint.linux.platform.Processors;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// Has another process load a library, by its own `dlopen` in one of its threads that waits for something and
/// holds no lock of the C library. All other threads run on meanwhile: one of them may hold the lock that
/// `dlopen` needs.
public final class RemoteLoader {

    private static final long NOW = 2;
    private static final long STACK = 64 << 10;
    private static final int LONGEST_PATH = 4096;
    private static final int LONGEST_TEXT = 1024;
    private static final long PAUSE_NANOS = 10_000_000;

    private RemoteLoader() {}

    /// The code that has to stand in the process, where it may be run.
    public static byte[] code() {
        return Processors.remote().loadCode();
    }

    /// Loads it.
    ///
    /// @param code    the address of [#code]
    /// @param dlopen  its address
    /// @param dlerror its address
    /// @param path    as the process sees it
    /// @param patience with the threads
    /// @param task  [RemoteTask#loading]
    /// @return the handle
    /// @throws TraceException if the loader refuses it, with its message; or no thread can be borrowed
    public static long load(
            long pid,
            RemoteMemory memory,
            long code,
            long dlopen,
            long dlerror,
            String path,
            Patience patience,
            RemoteTask task) {
        byte[] text = (path + "\0").getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_PATH) {
            throw new TraceException(
                    "the path has " + text.length + " bytes, and " + LONGEST_PATH + " are the limit: " + path);
        }
        Sandbox.obstacleOfAll(pid, task).ifPresent(reason -> {
            throw new TraceException(reason + "; nothing was changed");
        });
        long start = System.nanoTime();
        while (true) {
            Optional<ThreadBorrower.Lent<Long>> handle = TracingThread.run(() ->
                    ThreadBorrower.tryDuring(pid, memory, patience.place(), STACK, task, thread -> {
                        memory.write(thread.reserve(), text);
                        long[] results = thread.run(code, new long[] {dlopen, dlerror}, thread.reserve(), NOW);
                        if (results[0] == 0) {
                            throw refused(pid, path, text(memory, results[1]));
                        }
                        return results[0];
                    }));
            if (handle.isPresent()) {
                return handle.get().result();
            }
            if (patience.isOver(start)) {
                break;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        throw new TraceException(
                "no thread of process " + pid + " was idle" + patience.text() + " (waiting in poll, epoll_wait,"
                        + " accept, read, nanosleep or for a condition), and only such a one can load a library;"
                        + " try again, or start the process with LD_PRELOAD=" + path);
    }

    private static TraceException refused(long pid, String path, String reason) {
        boolean isNamed = reason.startsWith(path + ": ");
        String user = String.valueOf(ProcessFiles.status(pid, "Uid")).split("\\s", 2)[0];
        return new TraceException("process " + pid + " cannot load " + path + ": "
                + (isNamed ? reason.substring(path.length() + 2) : reason)
                + (reason.contains("Permission denied")
                        ? "; user " + user + ", which it runs as, must be able to read it"
                        : ""));
    }

    private static String text(RemoteMemory memory, long address) {
        StringBuilder text = new StringBuilder();
        while (address != 0 && text.length() < LONGEST_TEXT) {
            byte next = memory.read(address + text.length(), 1)[0];
            if (next == 0) {
                break;
            }
            text.append((char) (next & 0xff));
        }
        return text.isEmpty() ? "the loader gives no reason" : text.toString();
    }
}
