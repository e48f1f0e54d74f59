package dev.repoint.linux.call;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// Threads of other processes: `ptrace(2)`, `waitid(2)`, `tgkill(2)`.
///
/// What one thread traces, no other thread of this process may ask for: all calls come from the thread that
/// seized. They return numbers and throw nothing, because between the first stop and the last resume nothing
/// may run for the first time.
public final class Tracing {

    /// `PTRACE_PEEKTEXT`: the C library returns the word that it finds.
    private static final int PEEK = 1;
    /// `PTRACE_CONT`: run on; the data is a signal to deliver, or 0.
    public static final int CONT = 7;
    /// `PTRACE_DETACH`: run on, traced no longer; the data is a signal to deliver, or 0.
    public static final int DETACH = 17;
    /// `PTRACE_SYSCALL`: run on to where the next system call begins or ends.
    public static final int SYSCALL = 24;
    /// `PTRACE_GETREGSET`: the address is a kind of registers, the data an `iovec`.
    public static final int GET_REGISTER_SET = 0x4204;
    /// `PTRACE_SETREGSET`.
    public static final int SET_REGISTER_SET = 0x4205;
    /// `PTRACE_SEIZE`: the data is a set of options. The thread runs on.
    public static final int SEIZE = 0x4206;
    /// `PTRACE_INTERRUPT`.
    public static final int INTERRUPT = 0x4207;
    /// `PTRACE_GETSIGMASK`: the address is 8, the data where the 8 bytes go.
    public static final int GET_SIGNAL_MASK = 0x420a;
    /// `PTRACE_SETSIGMASK`.
    public static final int SET_SIGNAL_MASK = 0x420b;
    /// `PTRACE_SECCOMP_GET_FILTER`: the address is which one, the youngest first, the data where its
    /// instructions of 8 bytes go.
    public static final int GET_SECCOMP_FILTER = 0x420c;

    /// `PTRACE_O_TRACESYSGOOD`: stops at system calls are distinguished from signals.
    public static final int OPTION_SYSCALLS_MARKED = 1;
    /// `PTRACE_O_TRACECLONE`: threads that a thread starts are seized with it.
    public static final int OPTION_NEW_THREADS = 8;

    /// `EPERM`.
    public static final int NOT_PERMITTED = 1;
    /// `ESRCH`.
    public static final int NO_SUCH_PROCESS = 3;
    /// `ECHILD`.
    public static final int NOT_TRACED = 10;

    /// `P_PID`.
    private static final int ONE = 1;
    /// `WNOHANG | WSTOPPED | WEXITED | __WALL`.
    private static final int TAKE = 0x4000_0007;
    /// The same and `WNOWAIT`.
    private static final int LOOK = TAKE | 0x0100_0000;
    /// The fields of `siginfo_t` for a child.
    private static final long INFO_SIZE = 128;
    private static final long INFO_CODE = 8;
    private static final long INFO_PID = 16;
    private static final long INFO_STATUS = 24;
    private static final int CLD_TRAPPED = 4;
    private static final int CLD_STOPPED = 5;
    private static final int STOPPED = 0x7f;
    private static final int SYSCALL_STOP = 0x85;
    private static final long SYS_TGKILL = OwnMachine.own().tgkill();
    private static final MethodHandle PTRACE =
            Libc.variadic("ptrace", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle WAITID =
            Libc.function("waitid", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle KILL =
            Libc.variadic("syscall", 1, FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final ThreadLocal<MemorySegment> INFO =
            ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(INFO_SIZE, Long.BYTES));

    private Tracing() {}

    /// One request.
    ///
    /// @return 0, or the negative of `errno`
    public static int request(int request, int tid, long address, long data) {
        return Math.min(number(request, tid, address, data), 0);
    }

    /// One request that is answered by a number.
    ///
    /// @return the number, or the negative of `errno`
    public static int number(int request, int tid, long address, long data) {
        MemorySegment state = Libc.state();
        try {
            long result = (long) PTRACE.invokeExact(state, request, tid, address, data);
            return result == -1 ? -Libc.errno(state) : (int) result;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Eight bytes of the memory of a stopped thread; 0 if they cannot be read.
    public static long peek(int tid, long address) {
        MemorySegment state = Libc.state();
        try {
            long word = (long) PTRACE.invokeExact(state, PEEK, tid, address, 0L);
            return word == -1 ? 0 : word;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// Asks whether something has happened to a thread, and does not wait for it.
    ///
    /// A stop before a signal is only looked at: once it is taken, the signal is lost if this process is killed
    /// before it lets the thread go on; if it was not, the thread gets it all the same.
    ///
    /// @return the thread, and then [#status] describes it; 0 if nothing has; or the negative of `errno`
    public static int poll(int tid) {
        int error = await(tid, LOOK);
        int found = INFO.get().get(JAVA_INT, INFO_PID);
        boolean isToBeTaken = found != 0 && (status() == 0 || status() >>> 8 == SYSCALL_STOP);
        if (error == 0 && isToBeTaken) {
            return await(tid, TAKE) == 0 ? tid : -NOT_TRACED;
        }
        return error == 0 ? found : -error;
    }

    private static int await(int tid, int options) {
        MemorySegment state = Libc.state();
        MemorySegment info = INFO.get();
        info.fill((byte) 0);
        try {
            int result = (int) WAITID.invokeExact(state, ONE, tid, info, options);
            return result == -1 ? Libc.errno(state) : 0;
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// What the last [#poll] of this thread found, as `waitpid(2)` encodes it; 0 for a thread that has ended.
    public static int status() {
        int code = INFO.get().get(JAVA_INT, INFO_CODE);
        return code == CLD_TRAPPED || code == CLD_STOPPED ? INFO.get().get(JAVA_INT, INFO_STATUS) << 8 | STOPPED : 0;
    }

    /// Sends a signal to a thread.
    public static void signal(int pid, int tid, int signal) {
        MemorySegment state = Libc.state();
        try {
            var _ = (long) KILL.invokeExact(state, SYS_TGKILL, pid, tid, signal);
        } catch (Throwable e) {
            throw Libc.unexpected(e);
        }
    }

    /// What a number means.
    ///
    /// @param errno positive
    public static String why(int errno) {
        return Libc.text(errno);
    }
}
