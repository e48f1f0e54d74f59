package dev.repoint.linux.ptrace;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.repoint.linux.platform.Processors;
import dev.repoint.linux.processor.RemoteRegisters;
import dev.repoint.linux.seccomp.SeccompAction;
import dev.repoint.linux.seccomp.SeccompFilter;
import dev.repoint.linux.seccomp.SystemCall;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// What a thread may ask of the kernel (`seccomp(2)`): all, the four calls of the strict mode, or what filters
/// let through. The filters are asked what they would do about a call; it is not made for that. Immutable.
///
/// @param kind    of sandbox
/// @param filters those that can be read
public record Sandbox(Kind kind, List<SeccompFilter> filters) {

    /// How much is known of a sandbox.
    enum Kind {
        /// There is none.
        NONE,
        /// Only `read`, `write`, `_exit` and `rt_sigreturn` are allowed.
        STRICT,
        /// Filters, and all of them were read.
        READ,
        /// Filters that this process has as well, as in one container. It makes the same calls itself.
        SHARED,
        /// Filters that only root may read, and no process that has filters itself.
        HIDDEN
    }

    private static final Sandbox NONE = new Sandbox(Kind.NONE, List.of());
    private static final int MOST_INSTRUCTIONS = 4096;
    private static final int NO_SUCH_FILTER = 2; // ENOENT
    private static final long LIMIT_NANOS = 2_000_000_000;
    private static final long PAUSE_NANOS = 20_000;

    /// Copies the list.
    public Sandbox {
        filters = List.copyOf(filters);
    }

    /// Whether a thread has one.
    static boolean isAround(int tid) {
        String mode = ProcessFiles.status(tid, "Seccomp");
        return mode != null && !mode.equals("0");
    }

    /// That of a thread.
    ///
    /// @param thread stopped
    static Sandbox of(Tracee thread) {
        String mode = ProcessFiles.status(thread.tid(), "Seccomp");
        if (mode == null || mode.equals("0")) {
            return NONE;
        }
        if (mode.equals("1")) {
            return new Sandbox(Kind.STRICT, List.of());
        }
        List<SeccompFilter> filters = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment program = arena.allocate((long) MOST_INSTRUCTIONS * SeccompFilter.INSTRUCTION, Long.BYTES);
            int count = thread.filter(filters.size(), program);
            while (count >= 0) {
                filters.add(SeccompFilter.of(program.asSlice(0, (long) count * SeccompFilter.INSTRUCTION)
                        .toArray(JAVA_LONG)));
                count = thread.filter(filters.size(), program);
            }
            if (count == -NO_SUCH_FILTER && !filters.isEmpty()) {
                return new Sandbox(Kind.READ, filters);
            }
        }
        return new Sandbox(isOurs(thread.tid()) ? Kind.SHARED : Kind.HIDDEN, List.of());
    }

    /// Filters are inherited and never taken away: as many as we have are ours, if we are in the same
    /// container.
    private static boolean isOurs(int tid) {
        long self = ProcessHandle.current().pid();
        String count = ProcessFiles.status(self, "Seccomp_filters");
        return count != null && !count.equals("0") && count.equals(ProcessFiles.status(tid, "Seccomp_filters"));
    }

    /// What it would do about a call.
    SeccompAction action(SystemCall call) {
        return switch (kind) {
            case NONE, SHARED -> SeccompAction.ALLOW;
            case STRICT ->
                switch (call.name()) {
                    case "read", "write", "rt_sigreturn", "exit" -> SeccompAction.ALLOW;
                    default -> SeccompAction.KILL_THREAD;
                };
            case HIDDEN -> SeccompAction.KILL_PROCESS;
            case READ ->
                filters.stream()
                        .map(each -> each.action(call))
                        .min(Enum::compareTo)
                        .orElse(SeccompAction.KILL_PROCESS);
        };
    }

    /// Whether a thread that was stopped in a wait may go on with what is left of it.
    boolean allowsRestart() {
        return action(Processors.remote().call("restart_syscall")).isAllowed();
    }

    /// Why a thread of a process cannot be borrowed for something.
    ///
    /// @return empty if it can
    Optional<String> obstacle(long pid, RemoteTask task) {
        String who = "process " + pid + " is in a sandbox: its seccomp ";
        if (kind == Kind.HIDDEN) {
            return task.isForced()
                    ? Optional.empty()
                    : Optional.of(who + "filter may end it for "
                            + task.calls().getFirst().name() + ", which "
                            + task.purpose()
                            + " needs, and this command must not look into the filter; run repoint as"
                            + " root and outside of a sandbox, or use --force");
        }
        for (SystemCall each : task.calls()) {
            SeccompAction action = action(each);
            if (!action.isAllowed()) {
                return Optional.of(who + (kind == Kind.STRICT ? "mode is strict, and " : "filter ")
                        + action.text(each.name()) + ", which " + task.purpose() + " needs");
            }
        }
        return Optional.empty();
    }

    /// Why no thread of a process can be borrowed for something. All are looked at until one can be: each stops
    /// for a moment.
    ///
    /// @return empty if one can, as far as sandboxes are concerned; or if none can be stopped
    public static Optional<String> obstacleOfAll(long pid, RemoteTask task) {
        return TracingThread.run(() -> {
            Optional<String> found = Optional.empty();
            for (int tid : ProcessFiles.threads(pid)) {
                if (!isAround(tid)) {
                    return Optional.empty();
                }
                Optional<String> one = look(tid).flatMap(each -> each.obstacle(pid, task));
                if (one.isEmpty()) {
                    return one;
                }
                found = one;
            }
            return found;
        });
    }

    /// Whether any thread of a process has one.
    public static boolean isAroundAny(long pid) {
        for (int tid : ProcessFiles.threads(pid)) {
            if (isAround(tid)) {
                return true;
            }
        }
        return false;
    }

    /// @return empty if the thread does not stop, or has ended
    private static Optional<Sandbox> look(int tid) {
        try (Arena arena = Arena.ofConfined()) {
            Tracee thread = Tracee.seize(tid, Tracee.registers(arena), 0);
            thread.interrupt();
            long start = System.nanoTime();
            while (!thread.poll() && System.nanoTime() - start < LIMIT_NANOS) {
                LockSupport.parkNanos(PAUSE_NANOS);
            }
            if (thread.isGone() || thread.cause() == Tracee.Cause.NONE) {
                return Optional.empty();
            }
            Sandbox sandbox = of(thread);
            goOn(thread, sandbox);
            thread.release();
            return Optional.of(sandbox);
        }
    }

    /// Sees to it that a thread goes on with what it waits for.
    private static void goOn(Tracee thread, Sandbox sandbox) {
        if (thread.cause() == Tracee.Cause.INTERRUPTED && thread.readRegisters()) {
            RemoteRegisters registers = thread.registers();
            if (registers.keepWaiting() || !sandbox.allowsRestart() && registers.waitAgain()) {
                thread.writeRegisters(registers);
            }
        }
    }
}
