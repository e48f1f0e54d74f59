package dev.repoint.linux.ptrace;

import dev.repoint.linux.call.Memory;
import dev.repoint.linux.seccomp.SystemCall;
import java.util.List;

/// What a thread of another process is borrowed for: which system calls it makes, so that none is borrowed
/// whose sandbox would end it for one. Immutable.
///
/// @param purpose  for people
/// @param calls    all that it makes
/// @param isForced whether a sandbox that cannot be looked into is trusted
public record RemoteTask(String purpose, List<SystemCall> calls, boolean isForced) {

    /// The call that returns a thread to its own work.
    private static final SystemCall RETURN = SystemCall.of("rt_sigreturn", 15);
    private static final long PRIVATE_ANONYMOUS_FIXED_NOREPLACE = 0x100022;
    private static final long PRIVATE_DENYWRITE = 0x802;
    private static final long PRIVATE_FIXED_DENYWRITE = 0x812;
    private static final long CURRENT_FOLDER = -100;
    private static final long CLOSED_BY_EXEC = 0x80000;
    private static final long TYPICAL_ADDRESS = 0x7f00_0000_0000L;

    /// Copies the list.
    public RemoteTask {
        calls = List.copyOf(calls);
    }

    /// It maps memory for code.
    public static RemoteTask mapping(boolean isForced) {
        return new RemoteTask(
                "a patch",
                List.of(
                        SystemCall.of(
                                "mmap",
                                9,
                                TYPICAL_ADDRESS,
                                Memory.PAGE,
                                Memory.READ | Memory.EXECUTE,
                                PRIVATE_ANONYMOUS_FIXED_NOREPLACE,
                                -1),
                        RETURN),
                isForced);
    }

    /// It opens pages, stores words and closes the pages ([RemoteSteps]).
    public static RemoteTask storing(boolean isForced) {
        return new RemoteTask(
                "a patch without a stop",
                List.of(
                        SystemCall.of("mprotect", 10, TYPICAL_ADDRESS, Memory.PAGE, Memory.READ | Memory.WRITE),
                        SystemCall.of("mprotect", 10, TYPICAL_ADDRESS, Memory.PAGE, Memory.READ),
                        SystemCall.of("select", 23, 0, 0, 0, 0, TYPICAL_ADDRESS),
                        RETURN),
                isForced);
    }

    /// It calls a function that may allocate memory.
    public static RemoteTask calling(boolean isForced) {
        return new RemoteTask(
                "an unwind entry",
                List.of(
                        SystemCall.of("brk", 12, TYPICAL_ADDRESS),
                        SystemCall.of("mmap", 9, 0, Memory.PAGE, Memory.READ | Memory.WRITE, 0x22, -1),
                        RETURN),
                isForced);
    }

    /// It loads a library ([RemoteLoader]): what the loader of a C library does for that.
    public static RemoteTask loading(boolean isForced) {
        return new RemoteTask(
                "loading a library",
                List.of(
                        SystemCall.of("openat", 257, CURRENT_FOLDER, TYPICAL_ADDRESS, CLOSED_BY_EXEC),
                        SystemCall.of("read", 0, 3, TYPICAL_ADDRESS, Memory.PAGE),
                        SystemCall.of("pread64", 17, 3, TYPICAL_ADDRESS, Memory.PAGE),
                        SystemCall.of("fstat", 5, 3, TYPICAL_ADDRESS),
                        SystemCall.of("newfstatat", 262, 3, TYPICAL_ADDRESS, TYPICAL_ADDRESS),
                        SystemCall.of("mmap", 9, 0, Memory.PAGE, Memory.READ, PRIVATE_DENYWRITE, 3),
                        SystemCall.of(
                                "mmap",
                                9,
                                TYPICAL_ADDRESS,
                                Memory.PAGE,
                                Memory.READ | Memory.EXECUTE,
                                PRIVATE_FIXED_DENYWRITE,
                                3),
                        SystemCall.of("mprotect", 10, TYPICAL_ADDRESS, Memory.PAGE, Memory.READ),
                        SystemCall.of("munmap", 11, TYPICAL_ADDRESS, Memory.PAGE),
                        SystemCall.of("brk", 12, TYPICAL_ADDRESS),
                        SystemCall.of("close", 3, 3),
                        RETURN),
                isForced);
    }
}
