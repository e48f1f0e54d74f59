package dev.repoint.linux.ptrace;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts in `/proc` about a process and its threads (`proc(5)`).
public final class ProcessFiles {

    /// Which field behind the name holds the flags, and `PF_IO_WORKER` of them (`include/linux/sched.h`).
    private static final int FLAGS = 6;
    private static final long IO_WORKER = 0x10;

    private ProcessFiles() {}

    /// A field of `/proc/PID/status`.
    ///
    /// @return null if there is no such process, or no such field
    public static @Nullable String status(long pid, String field) {
        return read("/proc/" + pid + "/status")
                .lines()
                .filter(line -> line.startsWith(field + ":"))
                .findFirst()
                .map(line -> line.substring(field.length() + 1).strip())
                .orElse(null);
    }

    /// Whether a thread runs no more, and is only remembered.
    static boolean hasEnded(long tid) {
        String state = status(tid, "State");
        return state == null || state.startsWith("Z") || state.startsWith("X");
    }

    /// Whether a thread is one of the kernel's that works for the process (`io_uring`): it runs nothing of the
    /// program's, and never stops.
    static boolean isOfKernel(long pid, int tid) {
        String stat = stat(pid, tid);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", FLAGS + 2);
        return fields.length > FLAGS && (Long.parseLong(fields[FLAGS]) & IO_WORKER) != 0;
    }

    /// `/proc/PID/task/TID/stat`; empty if there is no such thread.
    private static String stat(long pid, int tid) {
        return read("/proc/" + pid + "/task/" + tid + "/stat");
    }

    /// The system call that a thread is in, and its arguments.
    static String systemCall(int tid) {
        return read("/proc/" + tid + "/syscall").strip();
    }

    /// The descriptor of the only `epoll` instance of a process; negative if it has none or several.
    static int onlyEpoll(int tid) {
        int found = -1;
        Path folder = Path.of("/proc", Integer.toString(tid), "fd");
        String[] names = folder.toFile().list();
        for (String each : names == null ? new String[0] : names) {
            boolean isEpoll;
            try {
                isEpoll =
                        Files.readSymbolicLink(folder.resolve(each)).toString().equals("anon_inode:[eventpoll]");
            } catch (IOException e) {
                isEpoll = false; // it was closed meanwhile
            }
            if (isEpoll && found >= 0) {
                return -1;
            }
            found = isEpoll ? Integer.parseInt(each) : found;
        }
        return found;
    }

    /// How many threads a process has now.
    public static int threadCount(long pid) {
        return threads(pid).length;
    }

    /// The threads of a process.
    static int[] threads(long pid) {
        String[] names = Path.of("/proc", Long.toString(pid), "task").toFile().list();
        int[] threads = new int[names == null ? 0 : names.length];
        for (int i = 0; i < threads.length; i++) {
            threads[i] = Integer.parseInt(names[i]);
        }
        return threads;
    }

    /// The threads of a process, first those that sleep now.
    static int[] sleepersFirst(long pid) {
        int[] threads = threads(pid);
        int[] sorted = new int[threads.length];
        int first = 0;
        int last = threads.length;
        for (int tid : threads) {
            String stat = stat(pid, tid);
            if (stat.startsWith(") S", stat.lastIndexOf(')'))) {
                sorted[first++] = tid;
            } else {
                sorted[--last] = tid;
            }
        }
        return sorted;
    }

    /// Words for messages about a thread that does not stop: its name, its state, and what it waits for.
    static String describe(long pid, int tid) {
        String name = status(tid, "Name");
        String waits = read("/proc/" + pid + "/task/" + tid + "/wchan").strip();
        return "thread %d (%s, state %s%s)"
                .formatted(
                        tid, name, status(tid, "State"), waits.isEmpty() || waits.equals("0") ? "" : ", in " + waits);
    }

    /// What to do about a process that may not be traced, as far as it can be known; begins with a semicolon.
    public static String howToPermit(long pid) {
        List<String> ways = new ArrayList<>();
        String tracer = status(pid, "TracerPid");
        if (tracer != null && !tracer.equals("0")) {
            String name = status(Long.parseLong(tracer), "Name");
            return "; a debugger is attached: %s (process %s); detach it first".formatted(name, tracer);
        }
        String scope = read("/proc/sys/kernel/yama/ptrace_scope").strip();
        if (scope.equals("1") || scope.equals("2")) {
            ways.add("kernel.yama.ptrace_scope is %s: run as root, or sysctl kernel.yama.ptrace_scope=0"
                    .formatted(scope));
        } else if (scope.equals("3")) {
            ways.add("kernel.yama.ptrace_scope is 3: nobody may trace until the next boot");
        }
        String theirs = status(pid, "Uid");
        String ours = status(ProcessHandle.current().pid(), "Uid");
        if (theirs != null && ours != null && !theirs.equals(ours)) {
            ways.add("it runs as user %s and Repoint as %s: run as that user or as root"
                    .formatted(first(theirs), first(ours)));
        }
        if (ways.isEmpty()) {
            ways.add("run as root, in a container with --cap-add=SYS_PTRACE");
        }
        return "; " + String.join("; ", ways);
    }

    private static String read(String path) {
        try {
            return new String(Files.readAllBytes(Path.of(path)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// Of the four user numbers the real one.
    private static String first(String numbers) {
        return numbers.substring(0, numbers.indexOf('\t'));
    }
}
